import './gallery.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ThemeProvider } from '../../theme/theme-provider.tsx'
import { ConfirmHost } from '../confirm-host.tsx'
import { ToastHost } from '../toast-host.tsx'
import { Controls } from './controls.tsx'
import { Shows } from './shows.tsx'
import { Tables } from './tables.tsx'
import { ThemeChoice } from './theme-choice.tsx'

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
