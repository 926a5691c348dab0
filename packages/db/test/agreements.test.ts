import { type AgreementContent, agreementHash, EMPTY_AGREEMENT } from '@baton/engine'
import { expect, test } from 'vitest'
import {
  addAgreement,
  addMissing,
  addSegment,
  agreementEntries,
  agreementRow,
  archiveAgreement,
  changeAgreement,
  decidingOf,
  discardDraft,
  isSigned,
  noteReviewTold,
  planRevision,
  reviewsDue,
  signAgreement,
  usedBy,
  withdrawSignature,
} from '../src/index.ts'
import { onBothDrivers } from './drivers.ts'

const content = (atLeast: number, more: Partial<AgreementContent> = {}): AgreementContent => ({
  ...EMPTY_AGREEMENT,
  thresholds: [{ dimension: 'fit', atLeast }],
  ...more,
})
const mara = { id: 'u_mara', name: 'Mara' }
const sam = { id: 'u_sam', name: 'Sam' }

onBothDrivers('agreements', (handle) => {
  const row = async (id: string) => {
    const found = await agreementRow(handle(), id)
    if (!found) throw new Error('no agreement')
    return found
  }
  const made = async (of = content(60)) => {
    const id = await handle().transaction((tx) => addAgreement(tx, { name: 'Ready', content: of, by: mara.id, at: 1 }))
    if (!id) throw new Error('not made')
    return id
  }
  const sign = async (id: string, side: 'marketing' | 'sales', by = side === 'marketing' ? mara : sam, at = 10) => {
    const last = (await row(id)).versions.at(-1)
    return handle().transaction((tx) => signAgreement(tx, { id, version: last?.version ?? 0, hash: last?.hash ?? '', side, by, at }))
  }
  const change = async (id: string, to: AgreementContent) => {
    const { rev } = await row(id)
    return handle().transaction((tx) => changeAgreement(tx, { id, rev, name: 'Ready', content: to, by: mara, at: 20 }))
  }
  const entry = async (id: string) => (await agreementEntries(handle())).find((it) => it.id === id)

  test('AG-8 a draft decides while none was ever in force, and is not signed', async () => {
    const id = await made()
    expect(await entry(id)).toMatchObject({ version: 1, signed: false, qualifies: { rules: [{ value: 60 }] } })
    await change(id, content(70))
    expect(await entry(id)).toMatchObject({ version: 1, signed: false, qualifies: { rules: [{ value: 70 }] } })
  })

  test('AG-5 it is in force once both sides, two people, have signed; a change makes the next version', async () => {
    const id = await made()
    expect(await sign(id, 'marketing')).toEqual({ inForce: false })
    expect(await sign(id, 'marketing', sam)).toEqual({ refused: 'signed-already' })
    expect(await sign(id, 'sales', mara)).toEqual({ refused: 'both-sides' })
    const before = await planRevision(handle())
    expect(await sign(id, 'sales', sam, 15)).toEqual({ inForce: true })
    expect(await planRevision(handle())).toBeGreaterThan(before)
    expect(decidingOf(await row(id))).toMatchObject({ version: 1, inForceAt: 15 })

    expect(await change(id, content(80))).toEqual({ version: 2, voided: [] })
    // The one in force decides on, word for word.
    expect(await entry(id)).toMatchObject({ version: 1, signed: true, qualifies: { rules: [{ value: 60 }] } })
    expect((await row(id)).versions.map((it) => [it.version, it.content.thresholds[0]?.atLeast])).toEqual([
      [1, 60],
      [2, 80],
    ])
    await sign(id, 'marketing')
    await sign(id, 'sales', sam, 30)
    expect(await entry(id)).toMatchObject({ version: 2, signed: true, qualifies: { rules: [{ value: 80 }] } })
    expect((await row(id)).versions[0]).toMatchObject({ inForceAt: 15, replacedAt: 30 })
    const [first] = (await row(id)).versions
    const again = { id, version: 1, hash: first?.hash ?? '', side: 'sales' as const, by: sam, at: 40 }
    expect(await handle().transaction((tx) => signAgreement(tx, again))).toEqual({ refused: 'replaced' })
  })

  test('AG-6 a change of what one side has signed voids the signature; the same text again does not', async () => {
    const id = await made()
    await sign(id, 'sales')
    expect(await change(id, content(60))).toEqual({ version: 1, voided: [] })
    expect(await change(id, content(61))).toEqual({ version: 1, voided: ['Sam'] })
    expect((await row(id)).versions[0]?.signatures).toMatchObject([{ userName: 'Sam', ended: 'void', endedAt: 20 }])
    // The other side alone is not enough now.
    expect(await sign(id, 'marketing')).toEqual({ inForce: false })
    expect(await sign(id, 'sales')).toEqual({ inForce: true })
  })

  test('who looked at another text cannot sign this one, and nobody overwrites a change unseen', async () => {
    const id = await made()
    const late = { id, version: 1, hash: agreementHash(content(1)), side: 'sales' as const, by: sam, at: 5 }
    expect(await handle().transaction((tx) => signAgreement(tx, late))).toEqual({ refused: 'changed' })
    expect(await handle().transaction((tx) => signAgreement(tx, { ...late, version: 9 }))).toEqual({ refused: 'unknown' })
    const old = { id, rev: 99, name: 'x', content: content(2), by: mara, at: 5 }
    expect(await handle().transaction((tx) => changeAgreement(tx, old))).toBeUndefined()
  })

  test('AG-7 a signature that is taken back leaves the version deciding, unsigned; it can be signed again', async () => {
    const id = await made()
    await sign(id, 'marketing')
    await sign(id, 'sales')
    const [version] = (await row(id)).versions
    const signatureId = version?.signatures.find((it) => it.side === 'sales')?.id ?? ''
    const back = (by: typeof sam, own: boolean) => handle().transaction((tx) => withdrawSignature(tx, { id, signatureId, by, at: 50, own }))
    expect(await back(mara, true)).toBeUndefined()
    expect(await back(sam, true)).toEqual({ side: 'sales', version: 1, userName: 'Sam' })
    expect(await back(sam, true)).toBeUndefined()
    expect(await entry(id)).toMatchObject({ version: 1, signed: false })
    expect(decidingOf(await row(id)).inForceAt).toBe(10)
    expect(isSigned(decidingOf(await row(id)))).toBe(false)
    expect(await sign(id, 'sales', { id: 'u_sue', name: 'Sue' })).toEqual({ inForce: true })
    expect(decidingOf(await row(id)).inForceAt).toBe(10)
    expect(await entry(id)).toMatchObject({ signed: true })
  })

  test('a draft over a version in force can be thrown away; the only version cannot', async () => {
    const id = await made()
    const discard = async () => {
      const { rev } = await row(id)
      return handle().transaction((tx) => discardDraft(tx, { id, rev, by: mara, at: 60 }))
    }
    expect(await discard()).toBeUndefined()
    await sign(id, 'marketing')
    await sign(id, 'sales')
    await change(id, content(90))
    expect(await discard()).toBe(2)
    expect((await row(id)).versions).toHaveLength(1)
    expect(await change(id, content(91))).toEqual({ version: 2, voided: [] })
  })

  test('what happens to leads that come back is that of the version that decides', async () => {
    const returns = {
      rejected: { coolOffDays: 30, scores: { cap: 2000 } },
      lost: { coolOffDays: 365, scores: 'reset' as const },
      noResponse: { coolOffDays: 0, scores: 'keep' as const },
    }
    const id = await made(content(1, { returns }))
    await sign(id, 'marketing')
    await sign(id, 'sales')
    await change(id, content(1))
    expect(await entry(id)).toMatchObject({ version: 1, returns })
  })

  test('segments that ask for it look at everybody again when another condition decides, not when a name is written under it', async () => {
    const id = await made()
    const condition = {
      combinator: 'and' as const,
      rules: [{ subject: { kind: 'agreement' as const, agreementId: id }, op: 'is' as const }],
    }
    const segmentId = await handle().transaction((tx) => addSegment(tx, { name: 'Meets', condition, by: mara, at: 1 }))
    const settle = () => handle().query(`update segment set status = 'ready' where id = $1`, [segmentId])
    const status = async () =>
      (await handle().query<{ status: string }>('select status from segment where id = $1', [segmentId]))[0]?.status
    await settle()
    await sign(id, 'marketing')
    await sign(id, 'sales')
    expect(await status()).toBe('ready')
    await change(id, content(99))
    expect(await status()).toBe('ready')
    await sign(id, 'marketing')
    await sign(id, 'sales')
    expect(await status()).toBe('building')
    expect(await usedBy(handle(), { kind: 'agreement', id })).toEqual([{ by: 'segment', id: segmentId, name: 'Meets', live: true }])
    const uses = await usedBy(handle(), { kind: 'dimension', id: 'fit' })
    expect(uses).toContainEqual({ by: 'agreement', id, name: 'Ready', live: true })
  })

  test('one that was put away is no longer offered, and can still be read', async () => {
    const id = await made()
    expect(await handle().transaction((tx) => archiveAgreement(tx, id, 70))).toBe(true)
    expect(await handle().transaction((tx) => archiveAgreement(tx, id, 71))).toBe(false)
    expect(await entry(id)).toBeUndefined()
    expect((await row(id)).archivedAt).toBe(70)
    expect(await sign(id, 'sales')).toEqual({ refused: 'unknown' })
  })

  test('what a file brings is a draft that nobody has signed; what is there stays', async () => {
    const nothing = { fields: [], segments: [], templates: [], teams: [], calendars: [], topics: [], forms: [] }
    const agreements = [{ id: 'agr_file', name: 'From a file', content: content(5) }]
    const bring = () => handle().transaction((tx) => addMissing(tx, { ...nothing, agreements }, { at: 1, by: null }))
    expect((await bring()).agreements).toEqual(['agr_file'])
    expect((await bring()).agreements).toEqual([])
    expect(await row('agr_file')).toMatchObject({ name: 'From a file', versions: [{ version: 1, inForceAt: null, signatures: [] }] })
  })

  test('a review is told once when it is near and once when it is due, of what is in force only', async () => {
    const id = await made(content(1, { reviewOn: '2026-12-01' }))
    const due = async (today: string, until: string) => (await reviewsDue(handle(), { today, until })).filter((it) => it.id === id)
    expect(await due('2026-11-22', '2026-12-06')).toEqual([])
    await sign(id, 'marketing')
    await sign(id, 'sales')
    expect(await due('2026-11-01', '2026-11-15')).toEqual([])
    const [near] = await due('2026-11-22', '2026-12-06')
    expect(near).toEqual({ id, name: 'Ready', version: 1, reviewOn: '2026-12-01', mark: '2026-12-01 near', signers: [mara.id, sam.id] })
    expect(await handle().transaction((tx) => noteReviewTold(tx, id, near?.mark ?? ''))).toBe(true)
    expect(await handle().transaction((tx) => noteReviewTold(tx, id, near?.mark ?? ''))).toBe(false)
    expect(await due('2026-11-23', '2026-12-07')).toEqual([])
    expect(await due('2026-12-01', '2026-12-15')).toMatchObject([{ mark: '2026-12-01 due' }])
  })
})
