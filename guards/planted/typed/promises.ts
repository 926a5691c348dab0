type Ev = { type: 'a' } | { type: 'b' }
declare function save(): Promise<void>
declare function insert(): { then(resolve: (rows: number) => void, reject: (e: unknown) => void): void }
export function floating() {
  save()
}
export function forgottenQuery() {
  insert()
}
export function misused() {
  if (save()) return 1
  return 2
}
export function forgotten(ev: Ev) {
  switch (ev.type) {
    case 'a':
      return 1
  }
  return 0
}
