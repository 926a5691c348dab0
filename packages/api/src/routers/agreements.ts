import {
  addAgreement,
  agreementRow,
  appendAudit,
  archiveAgreement,
  changeAgreement,
  decidingOf,
  discardDraft,
  draftOf,
  type Handle,
  handedByScore,
  isSigned,
  leftByScore,
  listAgreements,
  listUsers,
  type SignRefused,
  signAgreement,
  standing,
  usedBy,
  withdrawSignature,
  workspaceSettings,
} from '@baton/db'
import {
  type AgreementContent,
  agreementChanges,
  agreementContent,
  agreementProblems,
  agreementSentence,
  criteriaOf,
  dimensionRules,
  EMPTY_AGREEMENT,
  lateFields,
  qualifiesOf,
} from '@baton/engine'
import { DAY, localDate } from '@baton/leads'
import { z } from 'zod'
import { criteriaFigures } from '../agreements/criteria.ts'
import { measure } from '../agreements/measure.ts'
import { PERIODS, periodOf } from '../agreements/periods.ts'
import { suggestions } from '../agreements/suggest.ts'
import { fail } from '../errors.ts'
import { currentCatalog } from '../flows/catalog.ts'
import type { Role } from '../roles.ts'
import { mustNotCircle } from '../segments/circle.ts'
import { procedureFor, router } from '../trpc.ts'
import { mustBeUnused } from '../uses.ts'

const reader = procedureFor('admin', 'marketer', 'sales_manager', 'reviewer')
/** Both sides write it; neither can put it in force alone. */
const author = procedureFor('admin', 'marketer', 'sales_manager')

const id = z.string().min(1).max(64)
const name = z.string().trim().min(1, 'Write a name for the agreement.').max(100, 'The name is longer than 100 letters. Shorten it.')
const period = z.enum(PERIODS)

/** For which side somebody may sign: an admin for one of them. */
const SIGNS: Readonly<Record<'marketing' | 'sales', readonly Role[]>> = {
  marketing: ['marketer', 'admin'],
  sales: ['sales_manager', 'admin'],
}

const CHANGED = 'Somebody changed this agreement meanwhile. Reload it, then go on.'
const REFUSED: Readonly<Record<SignRefused, string>> = {
  unknown: 'This agreement was removed. Reload the list.',
  changed: 'The text was changed since you read it. Reload it, read it again, then sign.',
  replaced: 'Another version is in force by now. Sign that one.',
  'signed-already': 'This side has signed already. Reload the page.',
  'both-sides': 'You have signed for the other side. Somebody else signs for this one.',
}

async function mustFind(db: Handle, agreementId: string) {
  const row = await agreementRow(db, agreementId)
  if (!row || row.archivedAt !== null) throw fail('NOT_FOUND', 'This agreement was removed. Reload the list.')
  return row
}

/** How long one portion of the history may hold up a database with one connection, in ms. */
const PORTION = 250

/** What marketing and sales agreed on: who is a qualified lead. */
export const agreementsRouter = router({
  list: reader.query(async ({ ctx }) => {
    const catalog = await currentCatalog(ctx.db)
    return (await listAgreements(ctx.db)).map((row) => {
      const deciding = decidingOf(row)
      const draft = draftOf(row)
      return {
        id: row.id,
        name: row.name,
        version: deciding.version,
        inForceAt: deciding.inForceAt,
        signed: isSigned(deciding),
        reviewOn: deciding.content.reviewOn,
        sentence: agreementSentence(deciding.content, catalog),
        draft: draft && draft !== deciding ? { version: draft.version, sides: standing(draft).map((it) => it.side) } : null,
        sides: standing(deciding).map((it) => it.side),
      }
    })
  }),

  get: reader.input(z.object({ id })).query(async ({ ctx, input }) => {
    const row = await mustFind(ctx.db, input.id)
    const catalog = await currentCatalog(ctx.db)
    const names = new Map((await listUsers(ctx.db)).map((it) => [it.id, it.name]))
    const deciding = decidingOf(row)
    const draft = draftOf(row)
    const { zone } = await workspaceSettings(ctx.db)
    return {
      id: row.id,
      name: row.name,
      rev: row.rev,
      today: localDate(ctx.clock.now(), zone),
      deciding: deciding.version,
      draft: draft?.version ?? null,
      versions: row.versions.map((it) => ({
        version: it.version,
        content: it.content,
        hash: it.hash,
        sentence: agreementSentence(it.content, catalog),
        updatedAt: it.updatedAt,
        updatedBy: it.updatedBy === null ? null : (names.get(it.updatedBy) ?? null),
        inForceAt: it.inForceAt,
        replacedAt: it.replacedAt,
        signed: isSigned(it),
        signatures: it.signatures,
        problems: agreementProblems(it.content, catalog),
        late: lateFields(it.content, catalog),
      })),
      uses: await usedBy(ctx.db, { kind: 'agreement', id: input.id }),
    }
  }),

  create: author.input(z.object({ name })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    const made = await ctx.db.transaction(async (tx) => {
      const made = await addAgreement(tx, { name: input.name, content: EMPTY_AGREEMENT, by: ctx.user.id, at })
      if (made === undefined) throw fail('CONFLICT', CHANGED)
      const subject = { kind: 'agreement', id: made }
      await appendAudit(tx, { at, actor: ctx.user, action: 'agreement.made', subject, detail: { name: input.name } })
      return made
    })
    return { id: made }
  }),

  /** `rev` is the one the caller saw. A version in force stays as it is: a change begins the next one. */
  change: author.input(z.object({ id, rev: z.int(), name, content: agreementContent })).mutation(async ({ ctx, input }) => {
    await mustNotCircle(ctx.db, { kind: 'agreement', id: input.id, name: input.name }, qualifiesOf(input.content))
    const at = ctx.clock.now()
    const done = await ctx.db.transaction(async (tx) => {
      const done = await changeAgreement(tx, { ...input, by: ctx.user, at })
      if (!done) throw fail('CONFLICT', CHANGED)
      const subject = { kind: 'agreement', id: input.id }
      await appendAudit(tx, { at, actor: ctx.user, action: 'agreement.changed', subject, detail: { name: input.name, ...done } })
      return done
    })
    ctx.services.nudge()
    return done
  }),

  discard: author.input(z.object({ id, rev: z.int() })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      const version = await discardDraft(tx, { ...input, by: ctx.user, at })
      if (version === undefined) throw fail('CONFLICT', CHANGED)
      const subject = { kind: 'agreement', id: input.id }
      await appendAudit(tx, { at, actor: ctx.user, action: 'agreement.draft-discarded', subject, detail: { version } })
    })
  }),

  /** Signs the exact text that was read (`hash`) for one side. With both, it is in force. */
  sign: author
    .input(z.object({ id, version: z.int().min(1), hash: z.string().max(100), side: z.enum(['marketing', 'sales']) }))
    .mutation(async ({ ctx, input }) => {
      if (!SIGNS[input.side].includes(ctx.user.role))
        throw fail(
          'FORBIDDEN',
          input.side === 'sales' ? 'For sales a sales manager signs. Ask one.' : 'For marketing a marketer signs. Ask one.',
        )
      const row = await mustFind(ctx.db, input.id)
      const found = row.versions.find((it) => it.version === input.version)
      const [problem] = found ? agreementProblems(found.content, await currentCatalog(ctx.db)) : []
      if (problem !== undefined) throw fail('PRECONDITION_FAILED', `It cannot be signed yet. ${problem}`)
      const at = ctx.clock.now()
      const done = await ctx.db.transaction(async (tx) => {
        const done = await signAgreement(tx, { ...input, by: ctx.user, at })
        if ('refused' in done) throw fail('CONFLICT', REFUSED[done.refused])
        const subject = { kind: 'agreement', id: input.id }
        const { version, side, hash } = input
        await appendAudit(tx, {
          at,
          actor: ctx.user,
          action: 'agreement.signed',
          subject,
          detail: { version, side, hash, inForce: done.inForce },
        })
        return done
      })
      ctx.services.nudge()
      return done
    }),

  /** Takes back one's own signature; an admin any. */
  withdraw: author.input(z.object({ id, signatureId: id })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      const gone = await withdrawSignature(tx, { ...input, by: ctx.user, at, own: ctx.user.role !== 'admin' })
      if (!gone) throw fail('CONFLICT', 'This signature does not stand any more, or is not yours. Reload the page.')
      const subject = { kind: 'agreement', id: input.id }
      await appendAudit(tx, { at, actor: ctx.user, action: 'agreement.signature-withdrawn', subject, detail: { ...gone } })
    })
    ctx.services.nudge()
  }),

  remove: author.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    const row = await mustFind(ctx.db, input.id)
    await ctx.db.transaction(async (tx) => {
      await mustBeUnused(tx, { kind: 'agreement', id: input.id, name: row.name })
      await archiveAgreement(tx, input.id, at)
      const subject = { kind: 'agreement', id: input.id }
      await appendAudit(tx, { at, actor: ctx.user, action: 'agreement.removed', subject, detail: { name: row.name } })
    })
  }),

  /** What differs between two versions, in words. */
  compare: reader.input(z.object({ id, from: z.int().min(1), to: z.int().min(1) })).query(async ({ ctx, input }) => {
    const row = await mustFind(ctx.db, input.id)
    const of = (version: number): AgreementContent => {
      const found = row.versions.find((it) => it.version === version)
      if (!found) throw fail('NOT_FOUND', `There is no version ${version}.`)
      return found.content
    }
    return agreementChanges(of(input.from), of(input.to), await currentCatalog(ctx.db))
  }),

  /** How content reads that is not saved yet, and what keeps it from being signed. */
  read: reader.input(z.object({ content: agreementContent })).query(async ({ ctx, input: { content } }) => {
    const catalog = await currentCatalog(ctx.db)
    return {
      sentence: agreementSentence(content, catalog),
      problems: agreementProblems(content, catalog),
      late: lateFields(content, catalog),
    }
  }),

  /** Of those handed over, accepted and won; of customers, handed over before; against the time before. */
  measured: reader.input(z.object({ id, period })).query(async ({ ctx, input }) => {
    const { zone } = await workspaceSettings(ctx.db)
    return measure(ctx.db, await mustFind(ctx.db, input.id), periodOf(input.period, ctx.clock.now(), zone))
  }),

  /** Rejections by each criterion of the version that decides. */
  criteria: reader.input(z.object({ id, period })).query(async ({ ctx, input }) => {
    const { zone } = await workspaceSettings(ctx.db)
    const { content } = decidingOf(await mustFind(ctx.db, input.id))
    const asked = { id: input.id, content, catalog: await currentCatalog(ctx.db), period: periodOf(input.period, ctx.clock.now(), zone) }
    return criteriaFigures(ctx.db, asked)
  }),

  suggestions: reader.input(z.object({ id })).query(async ({ ctx, input }) => {
    await mustFind(ctx.db, input.id)
    const now = ctx.clock.now()
    return suggestions(ctx.db, { id: input.id, period: { from: now - 365 * DAY, to: now }, catalog: await currentCatalog(ctx.db) })
  }),

  /**
   * What was recorded, by score: leads by the one they were handed over with (with the first portion), people who were not handed over by the
   * highest they came to. A portion at a time: `next` is where to go on, null at the end; what came before is a uniform sample.
   */
  history: reader
    .input(
      z.object({ id, dimension: z.string().min(1).max(40), weeks: z.int().min(1).max(104), from: z.int().min(0).max(1023).default(0) }),
    )
    .query(async ({ ctx, input }) => {
      const row = await mustFind(ctx.db, input.id)
      const catalog = await currentCatalog(ctx.db)
      const now = ctx.clock.now()
      const span = { from: now - input.weeks * 7 * DAY, to: now }
      const { content } = decidingOf(row)
      const others = qualifiesOf({ ...content, thresholds: content.thresholds.filter((it) => it.dimension !== input.dimension) })
      const rules = dimensionRules(catalog.dimensions, input.dimension)
      const asked = { dimension: input.dimension, rules, others: others.rules.length > 0 ? others : null, catalog, period: span, now }
      return {
        handed: input.from === 0 ? await handedByScore(ctx.db, input.id, input.dimension, span) : null,
        /** The threshold that stands; null: none. */
        threshold: content.thresholds.find((it) => it.dimension === input.dimension)?.atLeast ?? null,
        otherCriteria: criteriaOf(content).length - (content.thresholds.some((it) => it.dimension === input.dimension) ? 1 : 0),
        ...(await leftByScore(ctx.db, asked, { from: input.from, ms: PORTION })),
      }
    }),
})
