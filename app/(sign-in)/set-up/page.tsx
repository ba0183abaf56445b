import type { Metadata } from 'next'
import { SetUpForm } from './set-up-form.tsx'

export const metadata: Metadata = { title: 'Set up' }

export default function SetUpPage() {
  return (
    <>
      <h1>Make the first admin</h1>
      <SetUpForm />
    </>
  )
}
