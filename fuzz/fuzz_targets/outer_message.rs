//! See [`baqylau_fuzz::wire::outer_message`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| baqylau_fuzz::wire::outer_message(bytes));
