import { addContacts, appendItems, changesOf, createIds, ensureIdentity, mailAddress, type Profile, type Sql } from '@baton/db'
import { type Actor, type FieldValue, type InboxItem, isFoldedType, readFieldValue } from '@baton/engine'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { currentCatalog } from '../flows/catalog.ts'

/** What a person typed about somebody. `consent`: agreed to marketing mail, or withdrew it. */
export interface Edits {
  fields: Readonly<Record<string, string | number | boolean | null>>
  consent?: boolean | undefined
}

/** @returns what to set, by the types of the fields; null empties. @throws TRPCError that says what to mend */
async function readEdits(ctx: SignedIn, edits: Edits) {
  const { fields } = await currentCatalog(ctx.db)
  const set: Record<string, FieldValue | null> = {}
  for (const [key, raw] of Object.entries(edits.fields)) {
    const field = fields.find((it) => it.key === key)
    if (!field) throw fail('BAD_REQUEST', 'A field of this form was removed. Reload the page.')
    const read = readFieldValue(field, raw)
    if ('error' in read) throw fail('BAD_REQUEST', read.error)
    if (key === 'email' && read.value !== null) {
      const address = mailAddress(read.value)
      if (address === undefined) throw fail('BAD_REQUEST', 'That is not an e-mail address. Write it as name@example.com.')
      set.email = address
    } else set[key] = read.value
  }
  return { set, textKeys: fields.filter((it) => isFoldedType(it.type)).map((it) => it.key) }
}

const actorOf = (ctx: SignedIn): Actor => ({ kind: 'user', id: ctx.user.id, name: ctx.user.name })

/** Makes one contact by hand. An e-mail address is needed: it is what the contact is known by. */
export async function createContact(ctx: SignedIn, edits: Edits): Promise<{ id: number }> {
  const { set, textKeys } = await readEdits(ctx, edits)
  const { email } = set
  if (typeof email !== 'string') throw fail('BAD_REQUEST', 'Write an e-mail address.')
  const fields = Object.fromEntries(Object.entries(set).flatMap(([key, value]) => (value === null ? [] : [[key, value]])))
  const at = ctx.clock.now()
  const consent = edits.consent === undefined ? {} : { marketing: edits.consent }
  const id = await ctx.db.transaction(async (tx) => {
    const added = await addContacts(tx, createIds(tx), [{ email, external: null, fields, consent }], { at, textKeys })
    const contactId = added === 'taken' ? undefined : added[0]
    if (contactId === undefined) throw fail('CONFLICT', `${email} is a contact already. Search for it in the list.`)
    await appendItems(tx, [{ contactId, item: { kind: 'created', at, source: actorOf(ctx) } }])
    return contactId
  })
  ctx.services.nudge()
  return { id }
}

/** Changes one contact by hand: through its inbox, like everything else that may change somebody. */
export async function changeContact(ctx: SignedIn, person: Profile, edits: Edits): Promise<void> {
  const { set } = await readEdits(ctx, edits)
  const at = ctx.clock.now()
  const source = actorOf(ctx)
  await ctx.db.transaction(async (tx) => {
    await moveAddress(tx, person, set.email)
    const items: InboxItem[] = []
    const emptied = Object.fromEntries(Object.entries(set).filter(([key, value]) => value === null && person.fields[key] !== undefined))
    const filled = Object.fromEntries(Object.entries(set).flatMap(([key, value]) => (value === null ? [] : [[key, value]])))
    const [news] = await changesOf(tx, [{ contactId: person.id, set: filled, consent: null }])
    const changed = { ...emptied, ...news?.set }
    if (Object.keys(changed).length > 0) items.push({ kind: 'fields', at, set: changed, source })
    if (edits.consent !== undefined && edits.consent !== (person.consent.marketing ?? false))
      items.push({ kind: 'consent', at, topic: 'marketing', given: edits.consent, source })
    await appendItems(
      tx,
      items.map((item) => ({ contactId: person.id, item })),
    )
  })
  ctx.services.nudge()
}

/** A new address has to be nobody else's; then the contact is known by it too. */
async function moveAddress(tx: Sql, person: Profile, email: FieldValue | null | undefined): Promise<void> {
  if (typeof email !== 'string' || email === person.fields.email) return
  const owner = await ensureIdentity(tx, { kind: 'email', value: email, contactId: person.id })
  if (owner !== person.id) throw fail('CONFLICT', `${email} belongs to another contact. Search for it in the list.`)
}
