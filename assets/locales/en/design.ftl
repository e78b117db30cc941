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
