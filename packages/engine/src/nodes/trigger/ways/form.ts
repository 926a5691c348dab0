import { fault } from '../../base.ts'
import type { On } from '../schema.ts'
import { onEvent } from './event.ts'
import type { Way } from './way.ts'

/** They send a form. */
export const formWay = ({ formId, keep }: On<'form'>): Way => ({
  check: () => (formId === null ? [fault('trigger.form', 'on.formId', 'Choose the form that lets people in.')] : []),
  compile: () => ({ trigger: onEvent('form.submitted', [{ key: 'form', op: 'is', value: formId ?? '' }], { keep }) }),
})
