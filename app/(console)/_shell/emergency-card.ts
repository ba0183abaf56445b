import { Store } from '#lib/desk/store.ts'

/** True while the emergency card is on screen: nothing may then be laid over the page. The desk sets it. */
export const isEmergencyCardUp = new Store(false)
