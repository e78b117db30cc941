### Words of the design system: the field app and headquarters' pages share them.

yes = Yes
no = No
now = Now
today = Today
clear = Clear
close = Close
cancel = Cancel
number-pad = Number pad
erase-digit = Erase the last digit
delivery-on_device = On this device
delivery-waiting = Waits to be sent
delivery-sent = Sent, not yet confirmed
delivery-carried = With a carrier
delivery-held = Headquarters holds it
delivery-quarantined = Set aside at headquarters
synthetic = Synthetic data
loading = Opening…

## Dates and sizes

date-long = { $weekday }, { $day }{ "\u00a0" }{ $month } { $year }
date-short = { $day }{ "\u00a0" }{ $month }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
weekday-0 = Sunday
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
size-bytes = { $count } bytes
size-kilobytes = { $count } kB
size-megabytes = { $count } MB
