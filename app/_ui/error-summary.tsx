'use client'
import { useEffect, useRef } from 'react'

/** What stops a form. `field` is the id of the input to mend, where there is one. */
export type Fault = { field?: string; message: string }

/** The NHS error summary: takes focus whenever the faults change, and says so in the page's title. */
export function ErrorSummary({ faults }: { faults: readonly Fault[] }) {
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (faults.length === 0) return
    summary.current?.focus()
    const title = document.title
    document.title = `Error: ${title}`
    return () => {
      document.title = title
    }
  }, [faults])
  if (faults.length === 0) return null
  return (
    <div className="nhsuk-error-summary" ref={summary} tabIndex={-1}>
      <div role="alert">
        <h2 className="nhsuk-error-summary__title">There is a problem</h2>
        <ul className="nhsuk-error-summary__list">
          {faults.map((fault) => (
            <li key={fault.message}>
              {fault.field ? (
                <a
                  href={`#${fault.field}`}
                  onClick={(event) => {
                    event.preventDefault()
                    document.getElementById(fault.field ?? '')?.focus()
                  }}
                >
                  {fault.message}
                </a>
              ) : (
                fault.message
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
