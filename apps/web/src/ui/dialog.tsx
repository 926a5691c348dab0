import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import './dialog.css'
import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = {
  title: ReactNode
  open: boolean
  onClose: () => void
  /** Pixels; 440 unless told. */
  width?: number | undefined
  children: ReactNode
  /** The buttons, the one that does the deed last. */
  foot?: ReactNode
}

/** A dialog in the middle of the window. Esc and a click outside close it. */
export function Dialog({ title, open, onClose, width = 440, children, foot }: Props) {
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={title}
      size={width}
      centered
      radius={12}
      transitionProps={{ transition: 'fade', duration: 140 }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {children}
      {foot !== undefined && <div className="dialog-foot">{foot}</div>}
    </Modal>
  )
}
