import './gallery.css'
import { useMantineColorScheme } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Scheme } from '../../theme/scheme.ts'
import { ThemeProvider } from '../../theme/theme-provider.tsx'
import { ConfirmHost } from '../confirm-host.tsx'
import { Segmented } from '../segmented.tsx'
import { ToastHost } from '../toast-host.tsx'
import { Controls } from './controls.tsx'
import { Shows } from './shows.tsx'
import { Tables } from './tables.tsx'

function ThemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Segmented<Scheme>
      label="Colours"
      size="small"
      value={colorScheme}
      onChange={setColorScheme}
      options={[
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
        { value: 'auto', label: 'As the system' },
      ]}
    />
  )
}

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <ThemeProvider>
        <div className="sheet">
          <section className="whole">
            <ThemeChoice />
          </section>
          <Controls />
          <Shows />
          <Tables />
        </div>
        <ToastHost />
        <ConfirmHost />
      </ThemeProvider>
    </StrictMode>,
  )
