import { createContext, useContext } from 'react'

/** How much of a card can be made out: its words; its shape and colour; only its colour. */
export type Level = 'near' | 'far' | 'tiny'

/** LOOK 4: below 0.4 a card is a block, below 0.15 without its tile. */
export const levelOf = (zoom: number): Level => (zoom >= 0.4 ? 'near' : zoom >= 0.15 ? 'far' : 'tiny')

/** One for all cards and ways of a canvas, so that not each of them looks at the zoom in every frame. */
export const LevelContext = createContext<Level>('near')

export const useLevel = () => useContext(LevelContext)
