/** HH:MM in the helpline's own time zone. */
export type Hours = { opens: string; closes: string }

/** Weekday as ISO 8601: 1 Monday to 7 Sunday. */
export type WeekHours = { weekday: number } & Hours

/** A day that differs; closed when it has no hours. */
export type Exception = { day: string; hours: Hours | null; reason: string }
