import './tip.css'
import {
  cloneElement,
  type FocusEvent,
  type HTMLAttributes,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import { placeTip, type Side } from './tip-place.ts'

type Props = {
  words: ReactNode
  keys?: string | undefined
  side?: Side | undefined
  /** Not now: the words stand there already, or what they name is open. */
  off?: boolean | undefined
  children: ReactElement<HTMLAttributes<HTMLElement>>
}

/** From pointing at something until its tip comes; focus by the keyboard is a question already, but passing by is none either. */
const DELAY = 400

/** A tooltip on hover and focus, after 400 ms. The child must take the handlers of a plain element. Esc takes it away. */
export function Tip({ words, keys, side = 'bottom', off = false, children }: Props) {
  const id = useId()
  const [about, setAbout] = useState<Element | null>(null)
  const wait = useRef<number>(undefined)
  useEffect(() => () => clearTimeout(wait.current), [])
  const show = (it: Element) => {
    clearTimeout(wait.current)
    wait.current = window.setTimeout(() => setAbout(it), DELAY)
  }
  const hide = () => {
    clearTimeout(wait.current)
    setAbout(null)
  }
  const own = children.props
  const shown = about !== null && !off
  return (
    <>
      {cloneElement(children, {
        'aria-describedby': shown ? id : own['aria-describedby'],
        onPointerEnter: (event: PointerEvent<HTMLElement>) => {
          own.onPointerEnter?.(event)
          if (event.pointerType !== 'touch') show(event.currentTarget)
        },
        onPointerLeave: (event: PointerEvent<HTMLElement>) => {
          own.onPointerLeave?.(event)
          hide()
        },
        onPointerDown: (event: PointerEvent<HTMLElement>) => {
          own.onPointerDown?.(event)
          hide()
        },
        onFocus: (event: FocusEvent<HTMLElement>) => {
          own.onFocus?.(event)
          if (event.currentTarget.matches(':focus-visible')) show(event.currentTarget)
        },
        onBlur: (event: FocusEvent<HTMLElement>) => {
          own.onBlur?.(event)
          hide()
        },
        onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
          own.onKeyDown?.(event)
          if (event.key === 'Escape') hide()
        },
      })}
      {shown && (
        <Bubble id={id} about={about} side={side}>
          {words}
          {keys !== undefined && <span> {keys}</span>}
        </Bubble>
      )}
    </>
  )
}

function Bubble({ id, about, side, children }: { id: string; about: Element; side: Side; children: ReactNode }) {
  const bubble = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const { current } = bubble
    if (!current) return
    const size = { width: current.offsetWidth, height: current.offsetHeight }
    const { left, top } = placeTip(about.getBoundingClientRect(), size, side, { width: innerWidth, height: innerHeight })
    current.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`
  }, [about, side])
  return createPortal(
    <div ref={bubble} id={id} role="tooltip" className="tip">
      {children}
    </div>,
    document.body,
  )
}
