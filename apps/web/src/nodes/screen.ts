import type { Catalog, Issue } from '@baton/engine'
import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** One way to start a step of a kind: a line of the palette. */
export interface Preset {
  label: string
  icon: TablerIcon
  /** Further words by which it is found. */
  find?: string | undefined
  /** Its place among the tiles of an empty canvas; absent: it is only in the palette. */
  begins?: number | undefined
  /** Wanted now and then: in the palette it stands under "more", and is found by typing. */
  rare?: true | undefined
  /** It is what a way that leads nowhere is ended with. */
  ends?: true | undefined
  /** Laid over the kind's defaults. */
  data?: Readonly<Record<string, unknown>> | undefined
}

/** A fact of the contract on a wide card. */
export interface Term {
  icon: TablerIcon
  words: string
}

/** How a kind looks on the canvas; its sentence and ports come from the engine. */
export interface CardFace<C> {
  /** "Branch": before the sentence for screen readers, and in the inspector. */
  title: string
  /** One line for the inspector's head. */
  about: string
  icon(config: C): TablerIcon
  presets: readonly Preset[]
  /** The line of terms, of kinds whose card carries a contract. */
  terms?(config: C, catalog: Catalog): readonly Term[]
}

export interface FormProps<C> {
  config: C
  catalog: Catalog
  readOnly: boolean
  /** Problems of this step, with the path of the input at fault. */
  issues: readonly Issue[]
  onChange(config: C): void
}

/** How a kind is edited. */
export interface KindForm<C> {
  Form(props: FormProps<C>): ReactNode
}

/** What is wrong at one input, if anything. */
export const wrongAt = (issues: readonly Issue[], path: string): string | undefined => issues.find((it) => it.path === path)?.say
