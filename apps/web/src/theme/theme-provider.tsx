import '@fontsource-variable/inter/wght.css'
import './fonts.css'
import './mantine.css'
import './tokens.css'
import './base.css'
import './overrides.css'
import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { resolver, theme } from './mantine.ts'
import { createSchemeManager } from './scheme.ts'

const manager = createSchemeManager()

/** Fonts, tokens and Mantine's theme around the whole application. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolver}
      colorSchemeManager={manager}
      defaultColorScheme="auto"
      deduplicateCssVariables={false}
    >
      {children}
    </MantineProvider>
  )
}
