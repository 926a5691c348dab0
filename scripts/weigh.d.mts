/** kB gzipped that a browser loads for each entry of a vite build, beside what is allowed. */
export function weigh(dist: string): { name: string; value: number; goal: number }[]
