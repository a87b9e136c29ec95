"""Calendars in iCalendar's format (RFC 5545): events in and out."""
