import { defineConfig } from 'vite'

/** One file per command, for Node; our own packages are bundled as sources, those of the registry stay where they are. */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node20',
    sourcemap: true,
    // Shared chunks beside the entries: the migrations are looked for from where a file lies.
    rollupOptions: {
      input: { bench: 'src/bench.ts', real: 'src/real.ts', soak: 'src/soak.ts', agent: 'src/agent.ts' },
      output: { chunkFileNames: '[name].js' },
    },
  },
  ssr: { noExternal: [/^@baton\//, 'fast-check', 'pure-rand'] },
})
