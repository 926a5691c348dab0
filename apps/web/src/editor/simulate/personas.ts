import { type Persona, persona } from '@baton/engine'

/** Somebody made up, ready to walk. */
export interface ReadyPersona {
  id: string
  name: string
  about: string
  persona: Persona
}

const made = (id: string, name: string, about: string, given: object): ReadyPersona => ({ id, name, about, persona: persona.parse(given) })

const someone = (first: string, last: string, more: object = {}) => ({
  key: `${first}.${last}@example.com`.toLowerCase(),
  fields: { email: `${first}.${last}@example.com`.toLowerCase(), first_name: first, last_name: last, ...more },
})

/** People who do not exist, each different in what flows ask for. */
export const PERSONAS: readonly ReadyPersona[] = [
  made('new', 'Robin', 'New, agreed to marketing mail', someone('Robin', 'Example')),
  made('known', 'Kim', 'Well known: company, job, points for what they did', {
    ...someone('Kim', 'Sample', { company: 'Example Ltd', job_title: 'Head of finance', country: 'Germany', language: 'de' }),
    stage: 'lead',
    scores: { fit: 60, engagement: 45 },
  }),
  made('abroad', 'Noor', 'Lives five time zones away', someone('Noor', 'Placeholder', { zone: 'America/New_York', country: 'US' })),
  made('silent', 'Sam', 'Did not agree to mail', { ...someone('Sam', 'Specimen'), consent: {} }),
  made('sales', 'Alex', 'With sales, an open deal', {
    ...someone('Alex', 'Template', { company: 'Sample AG' }),
    stage: 'opportunity',
    owner: 'sales',
  }),
]

/** What a persona is called. */
export function nameOfPersona({ fields, key }: Pick<Persona, 'fields' | 'key'>): string {
  const part = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '')
  const name = `${part('first_name')} ${part('last_name')}`.trim()
  return name === '' ? key : name
}
