import type { ReactNode } from 'react'
import type { Tier } from '#lib/guidance/terms.ts'

type CardTier = Exclude<Tier, 'routine'>

const LOOKS: Record<CardTier, { name: string; prefix: string }> = {
  emergency: { name: 'emergency', prefix: 'Immediate action required: ' },
  'same-day': { name: 'urgent', prefix: 'Urgent advice: ' },
  'within-days': { name: 'non-urgent', prefix: 'Non-urgent advice: ' },
}

/** A care card as in the NHS service manual: colour, position and words say how urgent; the prefix is for those who cannot see it. */
export function CareCard({ tier, heading, items, children }: { tier: CardTier; heading: string; items: readonly string[]; children?: ReactNode }) {
  const look = LOOKS[tier]
  return (
    <div className={`nhsuk-card nhsuk-card--care nhsuk-card--care--${look.name}`}>
      <div className="nhsuk-card__heading-container nhsuk-card--care__heading-container">
        <h2 className="nhsuk-card__heading nhsuk-card--care__heading">
          <span className="unseen">{look.prefix}</span>
          {heading}
        </h2>
      </div>
      <div className="nhsuk-card__content">
        <ul>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
        {children}
      </div>
    </div>
  )
}
