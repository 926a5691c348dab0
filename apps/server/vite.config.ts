import { defineConfig } from 'vite'

/** One program for Node: our own packages inside, those from the registry outside. */
export default defineConfig({
  build: { ssr: 'src/main.ts', outDir: 'dist', target: 'node20', sourcemap: true },
  ssr: { noExternal: [/^@baton\//] },
})
