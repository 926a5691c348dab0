import { defineConfig } from 'vite'

/** One file per command, for Node; our own packages are bundled as sources, those of the registry stay where they are. */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node20',
    sourcemap: true,
    rollupOptions: { input: { bench: 'src/bench.ts', real: 'src/real.ts' } },
  },
  ssr: { noExternal: [/^@baton\//] },
})
