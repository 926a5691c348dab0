import './shortcuts.css'
import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'

/** A key, or several that do the same, and what happens. */
type Line = readonly [keys: readonly string[], does: string]

const BLOCKS: readonly { words: string; lines: readonly Line[] }[] = [
  {
    words: 'Everywhere',
    lines: [
      [['Ctrl K'], 'Find a page, a flow, a contact or a deed'],
      [['['], 'Rail with words or without'],
      [['?'], 'This list'],
    ],
  },
  {
    words: 'Draw',
    lines: [
      [['Right click', 'Shift F10'], 'All that can be done with what is there'],
      [['K'], 'Find a step to add'],
      [['/'], 'Add behind the chosen way out'],
      [['C'], 'Lead the chosen way out to a step: arrows, then Enter'],
      [['Delete', 'Backspace'], 'Remove; neighbours are joined'],
      [['Ctrl Z'], 'Undo'],
      [['Ctrl Y', 'Shift Ctrl Z'], 'Redo'],
      [['Ctrl C', 'Ctrl X', 'Ctrl V'], 'Copy, cut, paste'],
      [['Ctrl D'], 'Duplicate'],
      [['Alt arrows'], 'Move by 8; with Shift by 40'],
      [['F2'], 'Rename the step, or the group that is chosen'],
      [['T'], 'Tidy up'],
      [['N'], 'Note'],
      [['G', 'Shift G'], 'Group, ungroup'],
    ],
  },
  {
    words: 'Look around',
    lines: [
      [['↓', '↑'], 'Follow a way on, back'],
      [['←', '→'], 'The step beside; with Shift the next way out'],
      [['Shift ↓', 'Shift ↑'], 'Choose the next step, the one before, too'],
      [['Home', 'End'], 'First start, last end'],
      [['Enter'], 'Edit the step in the panel'],
      [['Esc'], 'Back to the canvas, then choose nothing'],
      [['Ctrl A', 'Shift A'], 'Choose all, all behind this step'],
      [['Ctrl F'], 'Find in the flow'],
      [['F', 'Shift F'], 'Fit the flow, the selection'],
      [['+', '−', '0'], 'Larger, smaller, 100 %'],
      [['M'], 'Map'],
      [['1', '2', '3', '4'], 'Edit, Simulate, Review, Live'],
      [['P', 'Shift P'], 'The next problem, the one before'],
      [['D', 'Shift D'], 'In a review the next difference, the one before'],
      [['Shift N'], 'In a review the comments'],
      [['Space'], 'With dragging: move the canvas. In a simulation: play'],
      [['O'], 'Canvas or outline'],
      [[']'], 'The panel at the right'],
      [['Ctrl Enter'], 'Publish; in a review approve, or ask for one'],
    ],
  },
  {
    words: 'On the desk',
    lines: [
      [['J', '↓'], 'The next lead'],
      [['K', '↑'], 'The lead before'],
      [['A', 'R'], 'Accept, reject'],
      [['L'], 'Log a call'],
      [['M'], 'Write a mail'],
      [['B'], 'Book a meeting'],
      [['O'], 'Make an opportunity, change the deal'],
      [['W', 'X'], 'Won, lost'],
      [['G'], 'Give back to the team'],
    ],
  },
  {
    words: 'In the outline',
    lines: [
      [['↓', '↑'], 'The next line, the one before; with Shift choose them too'],
      [['→', '←'], 'Open and go in, close and go out'],
      [['*'], 'Open all lines beside'],
      [['Letters'], 'Go to what begins so'],
      [['/', 'Shift Enter'], 'Add a step behind, before'],
      [['Alt ↑', 'Alt ↓'], 'Move the step up, down its line'],
      [['Ctrl X'], 'Take it up; Enter or Ctrl V puts it behind another'],
      [['F2'], 'Rename'],
      [['Shift F10'], 'All that can be done with the line'],
    ],
  },
]

/** Every key there is. Single letters can be turned off in Settings. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" open onClose={onClose} width={760}>
      <div className="shortcuts">
        {BLOCKS.map(({ words, lines }) => (
          <section key={words}>
            <h3>{words}</h3>
            <dl>
              {lines.map(([keys, does]) => (
                <div key={does}>
                  <dt>
                    {keys.map((it) => (
                      <Kbd key={it} keys={it} />
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="small muted">Single letters act only while no field has the focus. They can be turned off in Settings.</p>
    </Dialog>
  )
}
