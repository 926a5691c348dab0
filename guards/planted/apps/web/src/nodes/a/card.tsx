import { form } from '../b/form.tsx'
export const card = <T,>(x: T) => <b>{form}{String(x)}</b>
