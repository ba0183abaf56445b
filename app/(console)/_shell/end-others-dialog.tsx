'use client'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from '#app/_ui/button.tsx'
import styles from './console-nav.module.css'

type Props = { isOpen: boolean; close(): void; end(): void; ended: number | undefined; hasFailed: boolean; isBusy: boolean }

const countWords = (ended: number) =>
  ended === 0 ? 'You had no other sessions.' : ended === 1 ? '1 other session was ended.' : `${ended} other sessions were ended.`

/** Asks before other devices are signed out, and says how many were. */
export function EndOthersDialog({ isOpen, close, end, ended, hasFailed, isBusy }: Props) {
  const isDone = ended !== undefined
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => (open ? undefined : close())} isDismissable className={styles.overlay}>
      <Modal className={styles.modal}>
        <Dialog className={styles.dialog}>
          <Heading slot="title" level={2}>
            End your other sessions
          </Heading>
          <p role="status">
            {isDone
              ? countWords(ended)
              : hasFailed
                ? 'That did not work: Callside cannot be reached. Try again.'
                : 'Every other browser and device where you are signed in is signed out. You stay signed in here.'}
          </p>
          <div className={styles.acts}>
            {isDone ? null : (
              <Button look="main" onPress={end}>
                {isBusy ? 'Ending…' : 'End them'}
              </Button>
            )}
            <Button onPress={close}>{isDone ? 'Close' : 'Cancel'}</Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
