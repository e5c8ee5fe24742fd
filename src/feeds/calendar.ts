import ical from 'ical-generator';
import type { RetirementsView } from '../read/retirements.ts';

/** Every dated retirement as an event of a whole day; an event keeps its id when its day moves. */
export function calendarOf({ retirements }: RetirementsView, site: string): string {
  const calendar = ical({ name: 'Model retirements (firsthand)', ttl: 6 * 60 * 60 });
  for (const { subject, name, vendorName, day, quote, url, lastSeen } of retirements) {
    calendar.createEvent({
      id: `retirement-${subject}@firsthand.invalid`,
      summary: `${name} (${subject}) is shut down by ${vendorName}`,
      description: `“${quote}”\n${url}`,
      // The library writes the day that a moment has in UTC.
      start: new Date(`${day}T00:00:00Z`),
      allDay: true,
      stamp: new Date(lastSeen),
      url: `${site}/models/${encodeURIComponent(subject)}`,
    });
  }
  return calendar.toString();
}
