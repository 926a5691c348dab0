import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { chunks } from './chunks.ts'
import { slim } from './slim.ts'

/** Where the server of the product listens while `vite` serves the sources. */
const server = process.env.BATON_SERVER ?? 'http://127.0.0.1:3000'

/** A page carries a list of what it may load later; words in the names were a fifth of it. `.vite/manifest.json` knows which is which. */
const SHORT = 'assets/[hash:7].js'

/**
 * Two builds from one file: the product, and (`--mode gallery`) pages for the people who build Baton, never part of what is shipped:
 * every component of the kit, every card in every state (`/dev/cards` of `vite`), and the canvas beside the bare library (`/dev/canvas`).
 */
export default defineConfig(({ mode }) => ({
  plugins: [slim(), react()],
  worker: { plugins: () => [slim()] },
  build: {
    outDir: mode === 'gallery' ? 'node_modules/.cache/gallery' : 'dist',
    target: 'es2023',
    // Every browser that runs es2023 preloads modules by itself.
    modulePreload: { polyfill: false },
    manifest: true,
    sourcemap: false,
    rollupOptions: {
      // Making a component has no effect but the component: without this word, those of a library that nobody uses would come along.
      treeshake: { manualPureFunctions: ['memo', 'forwardRef', 'createContext'] },
      ...(mode === 'gallery'
        ? { input: ['gallery.html', 'dev/cards.html', 'dev/canvas.html'] }
        : { output: { codeSplitting: chunks, chunkFileNames: SHORT } }),
    },
  },
  server: { proxy: { '/api': server, '/healthz': server } },
}))
