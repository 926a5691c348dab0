/** A file as text: scripts that we send to browsers. */
declare module '*?raw' {
  const text: string
  export default text
}
