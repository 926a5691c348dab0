import { type OperatorChoice, OWNER_SIDES, type RuleValue, STAGES, type ValueType, WEEKDAYS } from '@baton/engine'
import { GRADES } from '@baton/leads'
import { Pick } from './pick.tsx'
import { Typed } from './typed.tsx'

type Scalar = string | number | boolean
/** How one value is given: by a field of some type, or from a list. */
type Manner =
  | { by: 'field'; type: 'text' | 'number' | 'date' | 'datetime-local' | 'any' }
  | { by: 'list'; options: readonly string[] }
  | { by: 'flag' }

/** How values of a type are given. `any` is a property of an event: what is typed decides. */
export function mannerOf(type: ValueType | 'any', options: readonly string[]): Manner {
  switch (type) {
    case 'choice':
      return { by: 'list', options }
    case 'grade':
      return { by: 'list', options: GRADES }
    case 'stage':
      return { by: 'list', options: STAGES }
    case 'owner':
      return { by: 'list', options: OWNER_SIDES }
    case 'boolean':
      return { by: 'flag' }
    case 'number':
    case 'score':
    case 'count':
    case 'sum':
    case 'recency':
      return { by: 'field', type: 'number' }
    case 'weekday':
      return { by: 'list', options: WEEKDAYS }
    case 'date':
    case 'today':
      return { by: 'field', type: 'date' }
    case 'datetime':
      return { by: 'field', type: 'datetime-local' }
    case 'any':
      return { by: 'field', type: 'any' }
    case 'text':
    case 'tags':
    case 'segment':
    case 'agreement':
    case 'consent':
    case 'mailable':
    case 'passage':
      return { by: 'field', type: 'text' }
  }
}

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

function wordsOf(value: Scalar | undefined): string {
  if (value === undefined || value === '') return 'choose a value'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  const [day = '', time] = value.split('T')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return value
  const date = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(date) ? value : [days.format(date), time?.slice(0, 5)].filter(Boolean).join(' ')
}

/** What was typed, as the value that is stored; undefined while it is none. */
function read(text: string, type: Extract<Manner, { by: 'field' }>['type']): Scalar | undefined {
  if (text === '') return undefined
  if (type === 'number') return Number.isFinite(Number(text)) ? Number(text) : undefined
  if (type !== 'any') return text
  if (text === 'yes' || text === 'true') return true
  if (text === 'no' || text === 'false') return false
  return String(Number(text)) === text ? Number(text) : text
}

type OneProps = {
  label: string
  manner: Manner
  value: Scalar | undefined
  words?: ((value: Scalar) => string) | undefined
  onChange: (value: Scalar | undefined) => void
  onRemove?: (() => void) | undefined
  fresh?: boolean | undefined
  readOnly?: boolean | undefined
}

/** One value token. */
export function OneValue({ label, manner, value, words, onChange, ...rest }: OneProps) {
  const shown = value !== undefined && value !== '' && words ? words(value) : wordsOf(value)
  if (manner.by === 'field') {
    const type = manner.type === 'any' ? 'text' : manner.type
    const text = value === undefined ? '' : typeof value === 'boolean' ? wordsOf(value) : String(value)
    return <Typed label={label} type={type} value={text} words={shown} onType={(typed) => onChange(read(typed, manner.type))} {...rest} />
  }
  const choices = manner.by === 'flag' ? ['yes', 'no'] : manner.options
  return (
    <Pick
      label={`${label}: ${shown}`}
      className={value === undefined ? 'tok missing' : 'tok val'}
      choices={choices.map((it) => ({ value: it, label: it }))}
      chosen={value === undefined ? undefined : wordsOf(value)}
      onPick={(picked) => onChange(manner.by === 'flag' ? picked === 'yes' : picked)}
      {...rest}
    >
      {shown}
    </Pick>
  )
}

/** Several values: a token each, and one more to add. Backspace takes one out. */
function ListValue({
  values,
  onChange,
  manner,
  fresh,
  readOnly,
  onRemove,
}: Omit<OneProps, 'value' | 'onChange' | 'label'> & { values: readonly Scalar[]; onChange: (values: Scalar[]) => void }) {
  const left: Manner = manner.by === 'list' ? { by: 'list', options: manner.options.filter((it) => !values.includes(it)) } : manner
  const put = (at: number, value: Scalar | undefined) =>
    onChange(value === undefined ? values.filter((_, place) => place !== at) : values.map((it, place) => (place === at ? value : it)))
  return (
    <>
      {values.map((value, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a token edits
        <span key={at}>
          {at > 0 && (at === values.length - 1 ? ' or ' : ', ')}
          <OneValue
            label="Value"
            manner={manner}
            value={value}
            onChange={(next) => put(at, next)}
            onRemove={() => put(at, undefined)}
            readOnly={readOnly}
          />
        </span>
      ))}
      {!readOnly && (manner.by === 'field' || left.by !== 'list' || left.options.length > 0) && (
        <AddValue
          key={values.length}
          manner={left}
          first={values.length === 0}
          fresh={fresh === true && values.length === 0}
          onAdd={(value) => onChange([...values, value])}
          onRemove={onRemove}
        />
      )}
    </>
  )
}

function AddValue({
  manner,
  first,
  fresh,
  onAdd,
  onRemove,
}: {
  manner: Manner
  first: boolean
  fresh: boolean
  onAdd: (value: Scalar) => void
  onRemove?: (() => void) | undefined
}) {
  const choices = manner.by === 'list' ? manner.options.map((it) => ({ value: it, label: it })) : []
  return (
    <Pick
      label={first ? 'Choose a value' : 'One more value'}
      className={first ? 'tok missing' : 'tok more'}
      choices={choices}
      free={manner.by === 'field' ? (text) => ({ value: text.trim(), label: `Add “${text.trim()}”` }) : undefined}
      onPick={(text) => {
        const value = manner.by === 'field' ? read(text, manner.type) : text
        if (value !== undefined) onAdd(value)
      }}
      fresh={fresh}
      onRemove={first ? onRemove : undefined}
    >
      {first ? 'choose a value' : '+'}
    </Pick>
  )
}

type Props = {
  choice: OperatorChoice
  type: ValueType | 'any'
  options?: readonly string[] | undefined
  value: RuleValue | undefined
  onChange: (value: RuleValue | undefined) => void
  /** Of a number: "2 times", "14 days". */
  words?: ((value: Scalar) => string) | undefined
  onRemove?: (() => void) | undefined
  fresh?: boolean | undefined
  readOnly?: boolean | undefined
}

const daysWords = (value: Scalar) => (value === 1 ? '1 day' : `${String(value)} days`)

/** The value tokens behind a comparison: none, one, a range, a list or a number of days, as the operator wants. */
export function ValueTokens({ choice, type, options = [], value, onChange, words, ...rest }: Props) {
  const manner = mannerOf(type, options)
  const list: Scalar[] = value === undefined ? [] : Array.isArray(value) ? value : [value]
  switch (choice.value) {
    case 'none':
      return null
    case 'one':
      return <OneValue label="Value" manner={manner} value={list[0]} words={words} onChange={onChange} {...rest} />
    case 'days':
      return (
        <OneValue label="Days" manner={{ by: 'field', type: 'number' }} value={list[0]} words={daysWords} onChange={onChange} {...rest} />
      )
    case 'range':
      return (
        <>
          <OneValue label="From" manner={manner} value={list[0]} onChange={(from) => onChange([from ?? '', list[1] ?? ''])} {...rest} /> and{' '}
          <OneValue
            label="To"
            manner={manner}
            value={list[1]}
            words={words}
            onChange={(to) => onChange([list[0] ?? '', to ?? ''])}
            {...rest}
            fresh={false}
          />
        </>
      )
    case 'list':
      return <ListValue manner={manner} values={list} onChange={(values) => onChange(values.length === 0 ? undefined : values)} {...rest} />
  }
}
