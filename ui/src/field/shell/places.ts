import CalendarDays from '@lucide/svelte/icons/calendar-days'
import FileText from '@lucide/svelte/icons/file-text'
import Send from '@lucide/svelte/icons/send'
import Settings from '@lucide/svelte/icons/settings'
import UsersRound from '@lucide/svelte/icons/users-round'

/** The four places of the bar. */
export const PLACES = [
  { name: 'today', label: 'place-today', icon: CalendarDays },
  { name: 'reports', label: 'place-reports', icon: FileText },
  { name: 'outbox', label: 'place-outbox', icon: Send },
  { name: 'settings', label: 'place-settings', icon: Settings },
] as const

/** One more beside a wide window, for those who look after an area's teams. */
export const TEAM_PLACE = { name: 'team', label: 'team', icon: UsersRound } as const
