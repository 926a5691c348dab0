import { Link } from '@tanstack/react-router'
import type { Answers } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { Avatar } from '../../ui/marks.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Section } from '../../ui/panel.tsx'

type Rep = Answers['home']['look']['reps'][number]

/** How full everybody is who takes leads. */
export function OpenLeads({ reps }: { reps: readonly Rep[] }) {
  const may = useMay('admin', 'sales_manager')
  if (reps.length === 0) return null
  // Those without a limit are drawn against the fullest.
  const most = Math.max(1, ...reps.map((rep) => rep.open))
  return (
    <Section title="Open leads per rep" right="now, of the most at once">
      {reps.map((rep) => (
        <div key={rep.userId} className="rep">
          <Avatar name={rep.name} size="s" quiet />
          {may ? (
            <Link to="/desk" search={{ rep: rep.userId }} className="clip rep-name">
              {rep.name}
            </Link>
          ) : (
            <span className="clip">{rep.name}</span>
          )}
          {rep.away ? (
            <span className="small faint rep-away">{rep.open > 0 ? `${rep.open} open, takes no new ones` : 'takes no new ones'}</span>
          ) : (
            <>
              <Meter label={`Open leads of ${rep.name}`} value={rep.open} max={rep.cap ?? most * 1.25} look="load" />
              <span className={rep.cap !== null && rep.open >= rep.cap ? 'small num danger' : 'small num muted'}>
                {rep.cap === null ? rep.open : `${rep.open}/${rep.cap}`}
              </span>
            </>
          )}
        </div>
      ))}
    </Section>
  )
}
