import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIRST_STATE, type LifeEvent, type LifeState, STAGES, type Stage, transition } from '../index.ts'

const marketing = (stage: Stage): LifeState => ({ stage, ownerSide: 'marketing', ownerId: null })
const sales = (stage: Stage, ownerId: string | null = 'ann'): LifeState => ({ stage, ownerSide: 'sales', ownerId })

describe('the life cycle', () => {
  it.each<[string, LifeState, LifeEvent, LifeState]>([
    ['LC-1 a name becomes a lead', marketing('name'), { kind: 'qualified' }, marketing('lead')],
    ['LC-1 new interest starts the cycle again', marketing('lost'), { kind: 'qualified' }, marketing('lead')],
    ['LC-1 also after disqualification', marketing('disqualified'), { kind: 'qualified' }, marketing('lead')],
    ['LC-2 ownership passes when the hand-off is created', marketing('lead'), { kind: 'handedOver' }, sales('lead', null)],
    ['LC-2 a name that is handed over is a lead', marketing('name'), { kind: 'handedOver', repId: 'ann' }, sales('lead')],
    ['LC-2 a customer can be handed over', marketing('customer'), { kind: 'handedOver', repId: 'ann' }, sales('customer')],
    ['LC-3 assigning names the rep', sales('lead', null), { kind: 'assigned', repId: 'bob' }, sales('lead', 'bob')],
    ['LC-3 accepting makes an accepted lead', sales('lead'), { kind: 'accepted', repId: 'ann' }, sales('accepted')],
    ['LC-3 a customer stays one', sales('customer'), { kind: 'accepted', repId: 'bob' }, sales('customer', 'bob')],
    ['LC-3 given back, nobody has it', sales('lead'), { kind: 'givenBack' }, sales('lead', null)],
    ['LC-3 given back after acceptance it is a lead again', sales('accepted'), { kind: 'givenBack' }, sales('lead', null)],
    ['LC-3 given back with a deal the deal stays', sales('opportunity'), { kind: 'givenBack' }, sales('opportunity', null)],
    ['LC-4 rejected returns', sales('lead'), { kind: 'rejected' }, marketing('lead')],
    ['LC-4 also after acceptance', sales('accepted'), { kind: 'rejected' }, marketing('lead')],
    ['LC-4 no response returns', sales('lead', null), { kind: 'noResponse' }, marketing('lead')],
    ['LC-5 an opportunity', sales('accepted'), { kind: 'opportunityOpened' }, sales('opportunity')],
    [
      'LC-5 an opportunity that sales opened by itself',
      marketing('name'),
      { kind: 'opportunityOpened', repId: 'ann' },
      sales('opportunity'),
    ],
    ['LC-5 won', sales('opportunity'), { kind: 'won' }, sales('customer')],
    ['LC-6 lost returns', sales('opportunity'), { kind: 'lost' }, marketing('lost')],
    ['LC-6 a deal lost with a customer leaves a customer', sales('customer'), { kind: 'lost' }, marketing('customer')],
    ['LC-6 disqualified returns', sales('accepted'), { kind: 'disqualified' }, marketing('disqualified')],
    ['LC-6 marketing disqualifies too', marketing('name'), { kind: 'disqualified' }, marketing('disqualified')],
  ])('%s', (_, from, event, to) => {
    expect(transition(from, event)).toEqual({ state: to })
  })

  it.each<[LifeState, LifeEvent, string]>([
    [marketing('lead'), { kind: 'qualified' }, 'already-a-lead'],
    [marketing('customer'), { kind: 'qualified' }, 'is-a-customer'],
    [sales('lead'), { kind: 'handedOver' }, 'already-with-sales'],
    [marketing('lead'), { kind: 'assigned', repId: 'ann' }, 'not-with-sales'],
    [marketing('lead'), { kind: 'accepted', repId: 'ann' }, 'not-with-sales'],
    [sales('accepted'), { kind: 'accepted', repId: 'bob' }, 'already-accepted'],
    [marketing('lead'), { kind: 'givenBack' }, 'not-with-sales'],
    [marketing('lead'), { kind: 'rejected' }, 'not-with-sales'],
    [marketing('lead'), { kind: 'noResponse' }, 'not-with-sales'],
    [marketing('lead'), { kind: 'lost' }, 'not-with-sales'],
    [marketing('lead'), { kind: 'won' }, 'not-with-sales'],
    [marketing('disqualified'), { kind: 'disqualified' }, 'already-disqualified'],
    [marketing('customer'), { kind: 'disqualified' }, 'is-a-customer'],
  ])('LC-7 %o refuses %o: %s', (state, event, refused) => {
    expect(transition(state, event)).toEqual({ refused })
  })

  it('LC-7 keeps its promises over any sequence of events', () => {
    const rep = fc.constantFrom('ann', 'bob')
    const event: fc.Arbitrary<LifeEvent> = fc.oneof(
      fc.constantFrom<LifeEvent>(
        { kind: 'qualified' },
        { kind: 'rejected' },
        { kind: 'noResponse' },
        { kind: 'won' },
        { kind: 'lost' },
        { kind: 'disqualified' },
        { kind: 'handedOver' },
        { kind: 'givenBack' },
        { kind: 'opportunityOpened' },
      ),
      rep.map((repId): LifeEvent => ({ kind: 'assigned', repId })),
      rep.map((repId): LifeEvent => ({ kind: 'accepted', repId })),
    )
    const returning = ['rejected', 'noResponse', 'lost', 'disqualified']
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let state = FIRST_STATE
        for (const next of events) {
          const result = transition(state, next)
          if ('refused' in result) continue
          const before = state
          state = result.state
          expect(STAGES).toContain(state.stage)
          if (before.stage === 'customer') expect(state.stage).toBe('customer')
          if (state.stage === 'accepted' || state.stage === 'opportunity') expect(state.ownerSide).toBe('sales')
          if (state.ownerSide === 'marketing') expect(state.ownerId).toBeNull()
          if (before.ownerSide === 'sales' && state.ownerSide === 'marketing') expect(returning).toContain(next.kind)
          if (before.ownerSide === 'marketing' && state.ownerSide === 'sales')
            expect(['handedOver', 'opportunityOpened']).toContain(next.kind)
        }
      }),
      { seed: 91, numRuns: 1000 },
    )
  })
})
