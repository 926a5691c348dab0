import { randomBytes } from 'node:crypto'
import {
  appendAudit,
  appendItems,
  companyById,
  contactProfile,
  copyOf,
  type Handle,
  isValue,
  listCompanies,
  MAX_TEXT,
  MOST_KEYS,
  mayBeKey,
  peopleOf,
  type RecordValue,
  relatedOf,
  removeCompany,
  saveCompanies,
  scopeOf,
} from '@baton/db'
import type { RelatedKind } from '@baton/engine'
import { z } from 'zod'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { procedureFor, procedureForAll, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'sales_manager', 'reviewer')
const marketer = procedureFor('admin', 'marketer')

const id = z.string().trim().min(1).max(200)
const contactId = z.int().positive()
const kind = z.enum(['company', 'opportunity', 'purchase'])
const value = z.union([z.string().max(MAX_TEXT), z.number(), z.boolean()])
const data = z
  .record(z.string(), value.nullable())
  .refine((it) => Object.keys(it).length <= MOST_KEYS, `A record has at most ${MOST_KEYS} values.`)
  .refine((it) => Object.keys(it).every(mayBeKey), 'The name of a value has letters, digits, spaces and _ . $ - in it, at most 64.')
  .refine((it) => Object.values(it).every(isValue), 'A value cannot be kept. Take out special characters.')
const company = z.object({
  name: z.string().trim().min(1, 'Give the company a name.').max(300),
  domain: z.string().trim().max(253).nullable().default(null),
  data: data.default({}),
})
const PAGE = 50

const gone = () => fail('NOT_FOUND', 'There is no such company any more. Go back to the list.')

async function person(ctx: SignedIn, of: number) {
  const found = await contactProfile(ctx.db, { id: of, scope: scopeOf(ctx.user) })
  if (!found) throw fail('NOT_FOUND', 'There is no such contact, or it is not with you. Go back to the list.')
  return found
}

/** Tells a contact's inbox what became of a record, with the name of who did it in the audit log. */
async function tell(
  ctx: SignedIn,
  of: number,
  record: { kind: RelatedKind; id: string; data: Record<string, RecordValue> | null; at?: number | undefined },
): Promise<void> {
  const now = ctx.clock.now()
  const item = { kind: 'related' as const, at: now, of: record.kind, id: record.id, data: record.data, occurredAt: record.at ?? now }
  await ctx.db.transaction(async (tx) => {
    await appendItems(tx, [{ contactId: of, item }])
    const action = record.data === null ? 'related.removed' : 'related.saved'
    const detail = { kind: record.kind, record: record.id }
    await appendAudit(tx, { at: now, actor: ctx.user, action, subject: { kind: 'contact', id: String(of) }, detail })
  })
  ctx.services.nudge()
}

async function mustKnow(db: Handle, companyId: string) {
  const found = await companyById(db, companyId)
  if (!found) throw gone()
  return found
}

/** Companies, and what people are related to: their company, opportunities, purchases. */
export const companiesRouter = router({
  list: reader
    .input(z.object({ search: z.string().max(200).default(''), cursor: z.object({ name: z.string(), id }).nullish() }))
    .query(async ({ ctx, input }) => {
      const { companies, more } = await listCompanies(ctx.db, { search: input.search.trim(), after: input.cursor ?? null, limit: PAGE })
      const last = companies.at(-1)
      return { companies, next: more && last ? { name: last.name, id: last.id } : null }
    }),

  get: reader.input(z.object({ id })).query(async ({ ctx, input }) => {
    const found = await mustKnow(ctx.db, input.id)
    const people = await peopleOf(ctx.db, { companyId: input.id, scope: scopeOf(ctx.user), after: 0, limit: PAGE + 1 })
    return { ...found, people: people.slice(0, PAGE), more: people.length > PAGE }
  }),

  people: reader.input(z.object({ id, after: z.number().int().min(0) })).query(async ({ ctx, input }) => {
    const people = await peopleOf(ctx.db, { companyId: input.id, scope: scopeOf(ctx.user), after: input.after, limit: PAGE + 1 })
    return { people: people.slice(0, PAGE), more: people.length > PAGE }
  }),

  /** Makes a company, or changes one: all of it, as the form has it. Its people hear of it in the background. */
  save: marketer.input(company.extend({ id: id.nullable() })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    const known = input.id === null ? undefined : await mustKnow(ctx.db, input.id)
    const companyId = known?.id ?? `co_${randomBytes(9).toString('base64url')}`
    const emptied = Object.fromEntries(Object.keys(known?.data ?? {}).map((key) => [key, null]))
    const { name, domain } = input
    await ctx.db.transaction(async (tx) => {
      await saveCompanies(tx, [{ id: companyId, name, domain: domain || null, data: { ...emptied, ...input.data } }], at)
      const action = known ? 'company.changed' : 'company.made'
      await appendAudit(tx, { at, actor: ctx.user, action, subject: { kind: 'company', id: companyId }, detail: { name } })
    })
    ctx.services.nudge()
    return { id: companyId }
  }),

  /** The company goes; its people belong to none. */
  remove: marketer.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      const name = await removeCompany(tx, input.id, at)
      if (name === undefined) throw gone()
      await appendAudit(tx, {
        at,
        actor: ctx.user,
        action: 'company.removed',
        subject: { kind: 'company', id: input.id },
        detail: { name },
      })
    })
    ctx.services.nudge()
  }),

  /** What one person is related to. A rep sees that of whom he may see. */
  ofContact: procedureForAll.input(z.object({ contactId })).query(async ({ ctx, input }) => {
    const { id: of } = await person(ctx, input.contactId)
    return relatedOf(ctx.db, of)
  }),

  /** Puts a person into a company; into another one than before. */
  join: marketer.input(z.object({ contactId, companyId: id })).mutation(async ({ ctx, input }) => {
    const { id: of } = await person(ctx, input.contactId)
    await tell(ctx, of, { kind: 'company', id: input.companyId, data: copyOf(await mustKnow(ctx.db, input.companyId)) })
  }),

  /** Adds or changes an opportunity or a purchase by hand. */
  saveRecord: marketer
    .input(z.object({ contactId, kind: z.enum(['opportunity', 'purchase']), id: id.nullable(), at: z.number().int().nullable(), data }))
    .mutation(async ({ ctx, input }) => {
      const { id: of } = await person(ctx, input.contactId)
      const record = input.id ?? `by-hand-${randomBytes(9).toString('base64url')}`
      const kept = Object.entries(input.data).filter((it): it is [string, RecordValue] => it[1] !== null)
      await tell(ctx, of, { kind: input.kind, id: record, data: Object.fromEntries(kept), at: input.at ?? undefined })
      return { id: record }
    }),

  /** Takes a record from a person: the company keeps its other people. */
  removeRecord: marketer.input(z.object({ contactId, kind, id })).mutation(async ({ ctx, input }) => {
    const { id: of } = await person(ctx, input.contactId)
    await tell(ctx, of, { kind: input.kind, id: input.id, data: null })
  }),
})
