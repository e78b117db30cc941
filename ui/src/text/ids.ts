// Written by `npm run gen` from assets/locales/en; do not edit.

export type MessageId =
  | 'about'
  | 'acknowledge'
  | 'anew'
  | 'anew-beginning'
  | 'anew-code'
  | 'anew-how'
  | 'anew-pin'
  | 'anew-pin-missing'
  | 'anew-what'
  | 'anew-why'
  | 'answered-of'
  | 'app-name'
  | 'app-version'
  | 'area'
  | 'back'
  | 'backup'
  | 'backup-lie'
  | 'backup-limits'
  | 'backup-made'
  | 'backup-made-next'
  | 'backup-make'
  | 'backup-none'
  | 'backup-protects'
  | 'backup-section-lead'
  | 'backup-step-check'
  | 'backup-step-copy'
  | 'backup-step-write'
  | 'backup-writing'
  | 'begin'
  | 'binding-again'
  | 'binding-bind'
  | 'binding-hint'
  | 'binding-lead'
  | 'binding-lost'
  | 'binding-lost-recoverable'
  | 'binding-off'
  | 'binding-on'
  | 'binding-release'
  | 'binding-silent'
  | 'binding-title'
  | 'blocked'
  | 'bytes-of'
  | 'calendar'
  | 'camera-hint'
  | 'camera-off'
  | 'camera-on'
  | 'camera-picture'
  | 'camera-refused'
  | 'cancel'
  | 'carried-delivered'
  | 'carried-handed-on'
  | 'carried-receipts'
  | 'carried-room'
  | 'carried-waiting'
  | 'carry'
  | 'carry-about'
  | 'carry-codes-for'
  | 'carry-codes-no-photos'
  | 'carry-codes-only-photos'
  | 'carry-codes-too-large'
  | 'carry-file-for'
  | 'carry-handed'
  | 'carry-handed-none'
  | 'carry-handed-row'
  | 'carry-lead'
  | 'carry-load'
  | 'carry-network-for'
  | 'carry-not-held'
  | 'carry-nothing'
  | 'carry-nothing-do'
  | 'carry-own'
  | 'carry-photos-left'
  | 'carry-title'
  | 'check-column'
  | 'check-error'
  | 'check-form'
  | 'check-hash'
  | 'check-languages'
  | 'check-questions'
  | 'check-refused'
  | 'check-row'
  | 'check-rules'
  | 'check-sheet'
  | 'check-unknown-extension'
  | 'check-warning'
  | 'choose'
  | 'clear'
  | 'close'
  | 'codes-before'
  | 'codes-complete'
  | 'codes-faster'
  | 'codes-keys'
  | 'codes-lead'
  | 'codes-making'
  | 'codes-next'
  | 'codes-number'
  | 'codes-pause'
  | 'codes-paused'
  | 'codes-photos-left'
  | 'codes-picture'
  | 'codes-rate'
  | 'codes-read'
  | 'codes-read-of'
  | 'codes-receipts-left'
  | 'codes-run'
  | 'codes-running'
  | 'codes-show'
  | 'codes-slower'
  | 'codes-until'
  | 'confirm-lead'
  | 'confirm-missing'
  | 'confirm-observer'
  | 'confirm-title'
  | 'continue-report'
  | 'copy'
  | 'copy-how'
  | 'copy-lead'
  | 'copy-title'
  | 'core-unreachable'
  | 'correct'
  | 'correct-begin'
  | 'correct-lead'
  | 'correcting-lead'
  | 'count-of'
  | 'date-long'
  | 'date-pattern'
  | 'date-short'
  | 'date-unreadable'
  | 'delivery-carried'
  | 'delivery-held'
  | 'delivery-on_device'
  | 'delivery-on_file'
  | 'delivery-quarantined'
  | 'delivery-sent'
  | 'delivery-waiting'
  | 'discard'
  | 'discard-lead'
  | 'doubtful'
  | 'drop-correction'
  | 'drop-correction-lead'
  | 'earlier'
  | 'earlier-asks'
  | 'earlier-asks-do'
  | 'earlier-closed'
  | 'earlier-closed-damaged'
  | 'earlier-closed-do'
  | 'earlier-correcting'
  | 'earlier-corrupt'
  | 'earlier-device'
  | 'earlier-drafts'
  | 'earlier-empty'
  | 'earlier-empty-do'
  | 'earlier-finished'
  | 'earlier-forked'
  | 'earlier-held'
  | 'earlier-incomplete'
  | 'earlier-lead'
  | 'earlier-look'
  | 'earlier-open'
  | 'earlier-opening'
  | 'earlier-own'
  | 'earlier-pin'
  | 'earlier-report'
  | 'earlier-report-lead'
  | 'earlier-reports-none'
  | 'earlier-restored'
  | 'earlier-since'
  | 'earlier-too_new'
  | 'earlier-unknown'
  | 'earlier-waiting'
  | 'earlier-waiting-do'
  | 'enrol'
  | 'enrol-code'
  | 'enrol-code-missing'
  | 'enrol-lead'
  | 'enrol-made'
  | 'enrol-title'
  | 'enrolling'
  | 'entry'
  | 'erase-digit'
  | 'error-already_enrolled'
  | 'error-already_listening'
  | 'error-already_restored'
  | 'error-already_syncing'
  | 'error-app_too_old'
  | 'error-backup_damaged'
  | 'error-backup_other_event'
  | 'error-backup_too_new'
  | 'error-bad_arguments'
  | 'error-bad_enrol_code'
  | 'error-bad_handover_code'
  | 'error-bad_label'
  | 'error-bad_proxy'
  | 'error-bad_recovery_answer'
  | 'error-bad_reply'
  | 'error-bad_settings'
  | 'error-bundle'
  | 'error-bundle-of-another'
  | 'error-bundle_damaged'
  | 'error-bundle_other_event'
  | 'error-bundle_too_large'
  | 'error-bundle_too_new'
  | 'error-busy'
  | 'error-cannot_send'
  | 'error-captive_portal'
  | 'error-carrier_not_believed'
  | 'error-carrier_refused'
  | 'error-carrier_unreachable'
  | 'error-carry_full'
  | 'error-codes_damaged'
  | 'error-codes_ended'
  | 'error-codes_too_large'
  | 'error-config'
  | 'error-confirmation_needed'
  | 'error-device_revoked'
  | 'error-disk_full'
  | 'error-empty_note'
  | 'error-enrol_refused'
  | 'error-file'
  | 'error-file_differs'
  | 'error-file_not_read'
  | 'error-file_not_written'
  | 'error-finished'
  | 'error-handover_broken'
  | 'error-handover_over'
  | 'error-interrupted'
  | 'error-journal_forked'
  | 'error-journal_whole'
  | 'error-key_store_missing'
  | 'error-key_store_silent'
  | 'error-keys'
  | 'error-last_try'
  | 'error-ledger'
  | 'error-listen'
  | 'error-locked'
  | 'error-medium_full'
  | 'error-mission'
  | 'error-no_code_in_picture'
  | 'error-no_local_network'
  | 'error-not-begun'
  | 'error-not-signed-in'
  | 'error-not_a_backup'
  | 'error-not_a_bundle'
  | 'error-not_a_choice'
  | 'error-not_a_code'
  | 'error-not_a_picture'
  | 'error-not_allowed'
  | 'error-not_enrolled'
  | 'error-not_headquarters'
  | 'error-not_the_carrier'
  | 'error-nothing_changed'
  | 'error-nothing_to_carry'
  | 'error-other-event'
  | 'error-pack'
  | 'error-picture_too_large'
  | 'error-pin_delay'
  | 'error-place_needed'
  | 'error-proxy_failed'
  | 'error-read_only'
  | 'error-reason_needed'
  | 'error-recovery'
  | 'error-recovery_not_allowed'
  | 'error-recovery_other_key'
  | 'error-recovery_unfit'
  | 'error-sealed'
  | 'error-sealed_lost'
  | 'error-sealed_not_opened'
  | 'error-set_aside'
  | 'error-storage_failed'
  | 'error-store_damaged'
  | 'error-store_exists'
  | 'error-store_in_use'
  | 'error-store_too_new'
  | 'error-tls'
  | 'error-too_long'
  | 'error-unknown'
  | 'error-unknown-team'
  | 'error-unknown_command'
  | 'error-unknown_form'
  | 'error-unknown_journal'
  | 'error-unknown_observer'
  | 'error-unknown_picture'
  | 'error-unknown_place'
  | 'error-unknown_question'
  | 'error-unknown_report'
  | 'error-unreachable'
  | 'error-weak_pin'
  | 'error-wiped'
  | 'error-wrong_kind'
  | 'error-wrong_pin'
  | 'error-wrong_state'
  | 'evidence'
  | 'evidence-altered'
  | 'evidence-altered-line'
  | 'evidence-bad'
  | 'evidence-carried'
  | 'evidence-certificate'
  | 'evidence-chain'
  | 'evidence-checkpoint'
  | 'evidence-config'
  | 'evidence-counts'
  | 'evidence-earlier-checkpoint'
  | 'evidence-extra'
  | 'evidence-gap'
  | 'evidence-good'
  | 'evidence-held'
  | 'evidence-line'
  | 'evidence-log'
  | 'evidence-manifest-signature'
  | 'evidence-missing'
  | 'evidence-none'
  | 'evidence-order'
  | 'evidence-other-key'
  | 'evidence-picture'
  | 'evidence-picture-receipt'
  | 'evidence-receipt'
  | 'evidence-receipt-log'
  | 'evidence-receipt-signature'
  | 'evidence-revoked'
  | 'evidence-root'
  | 'evidence-root-known'
  | 'evidence-root-unknown'
  | 'evidence-segment-entries'
  | 'evidence-segment-signature'
  | 'evidence-unknown-device'
  | 'evidence-unreadable'
  | 'evidence-unsigned'
  | 'evidence-waiting'
  | 'export-root'
  | 'figures-caption'
  | 'figures-failing'
  | 'figures-number'
  | 'figures-title'
  | 'figures-value'
  | 'figures-what'
  | 'file-about'
  | 'file-choose'
  | 'file-made'
  | 'file-made-next'
  | 'file-nowhere'
  | 'file-nowhere-do'
  | 'file-where'
  | 'file-write'
  | 'file-writing'
  | 'files-found'
  | 'files-none'
  | 'files-none-do'
  | 'finding-alert'
  | 'finding-choice_filtered'
  | 'finding-constraint'
  | 'finding-exclusive_choice'
  | 'finding-level-alert'
  | 'finding-level-block'
  | 'finding-level-info'
  | 'finding-level-warn'
  | 'finding-missing'
  | 'finding-not_a_choice'
  | 'finding-not_in_register'
  | 'finding-other'
  | 'finding-place_not_in_register'
  | 'finding-required'
  | 'finding-too_long'
  | 'finding-warning'
  | 'finding-wrong_kind'
  | 'findings'
  | 'findings-and-notes'
  | 'findings-count'
  | 'findings-empty'
  | 'finish'
  | 'finish-correction'
  | 'finished-hint-kept'
  | 'finished-hint-removed_when_held'
  | 'finished-hint-sealed'
  | 'finished-kept'
  | 'finished-price'
  | 'finished-removed_when_held'
  | 'finished-sealed'
  | 'finishing'
  | 'forked'
  | 'forked-lead'
  | 'forms'
  | 'forms-empty'
  | 'forms-empty-do'
  | 'go-there'
  | 'hand-over'
  | 'handed-over'
  | 'handing-over'
  | 'hours'
  | 'hq-ago-hours'
  | 'hq-ago-minutes'
  | 'hq-ago-now'
  | 'hq-ahead'
  | 'hq-ahead-lead'
  | 'hq-ahead-row'
  | 'hq-answer'
  | 'hq-area'
  | 'hq-as-table'
  | 'hq-back-indicators'
  | 'hq-behind'
  | 'hq-behind-empty'
  | 'hq-behind-title'
  | 'hq-both'
  | 'hq-break-down'
  | 'hq-breakdown-of'
  | 'hq-by-area'
  | 'hq-by-kind'
  | 'hq-by-nothing'
  | 'hq-by-region'
  | 'hq-by-team_kind'
  | 'hq-by-time_band'
  | 'hq-counts'
  | 'hq-counts-denominator'
  | 'hq-counts-not'
  | 'hq-counts-numerator'
  | 'hq-denominator'
  | 'hq-differs'
  | 'hq-error-bad_request'
  | 'hq-error-internal'
  | 'hq-error-not_found'
  | 'hq-error-not_signed_in'
  | 'hq-error-sign_in_refused'
  | 'hq-error-unreachable'
  | 'hq-find'
  | 'hq-find-nothing'
  | 'hq-findings'
  | 'hq-holdings'
  | 'hq-hour'
  | 'hq-hours-chart'
  | 'hq-hours-empty'
  | 'hq-hours-empty-how'
  | 'hq-hours-tied'
  | 'hq-hours-title'
  | 'hq-hours-unit'
  | 'hq-indicators-how'
  | 'hq-invented'
  | 'hq-journal'
  | 'hq-language'
  | 'hq-last-heard'
  | 'hq-lines'
  | 'hq-matches'
  | 'hq-never'
  | 'hq-next'
  | 'hq-notes'
  | 'hq-number'
  | 'hq-numerator'
  | 'hq-observed'
  | 'hq-of-expected'
  | 'hq-page-indicators'
  | 'hq-page-overview'
  | 'hq-pages'
  | 'hq-photo-aside'
  | 'hq-photo-aside-malformed'
  | 'hq-photo-aside-revoked'
  | 'hq-photo-aside-unknown_device'
  | 'hq-photo-aside-wrong_event'
  | 'hq-photo-expected'
  | 'hq-photo-held'
  | 'hq-photo-of'
  | 'hq-photos'
  | 'hq-preferences'
  | 'hq-previous'
  | 'hq-published'
  | 'hq-question'
  | 'hq-reason'
  | 'hq-report'
  | 'hq-report-title'
  | 'hq-revision'
  | 'hq-revision-times'
  | 'hq-revision-title'
  | 'hq-set-aside'
  | 'hq-share'
  | 'hq-sign-in'
  | 'hq-sign-in-do'
  | 'hq-sign-in-how'
  | 'hq-sign-in-key'
  | 'hq-silent'
  | 'hq-silent-only'
  | 'hq-skip'
  | 'hq-station'
  | 'hq-synthetic'
  | 'hq-team'
  | 'hq-team-journal'
  | 'hq-team-journals'
  | 'hq-teams'
  | 'hq-teams-caption'
  | 'hq-teams-empty'
  | 'hq-theme'
  | 'hq-theme-dark'
  | 'hq-theme-light'
  | 'hq-theme-sun'
  | 'hq-theme-system'
  | 'hq-unit-box'
  | 'hq-unit-case'
  | 'hq-unit-commission'
  | 'hq-unit-count'
  | 'hq-unit-form'
  | 'hq-unit-person'
  | 'hq-unit-protocol'
  | 'hq-unit-state'
  | 'hq-unit-station'
  | 'hq-unit-team'
  | 'hq-unit-visit'
  | 'hq-updated'
  | 'hq-verdict'
  | 'hq-verdict-accepted'
  | 'hq-verdict-ahead'
  | 'hq-verdict-quarantined'
  | 'hq-verdict-withdrawn'
  | 'incident'
  | 'incident-elsewhere'
  | 'incident-here'
  | 'incident-lead'
  | 'incident-no-form'
  | 'incident-no-form-do'
  | 'incident-open'
  | 'incident-report'
  | 'incident-title'
  | 'indicators-differ'
  | 'indicators-invented'
  | 'indicators-match'
  | 'indicators-none'
  | 'keep'
  | 'keep-locked'
  | 'language-switch'
  | 'leave-at-once'
  | 'leave-hint'
  | 'leave-never'
  | 'listen'
  | 'listen-addresses'
  | 'listen-code'
  | 'listen-code-text'
  | 'listen-copied'
  | 'listen-copy'
  | 'listen-lead'
  | 'listen-stop'
  | 'listening'
  | 'load-all'
  | 'load-back'
  | 'load-own'
  | 'loading'
  | 'location-accuracy'
  | 'location-asking'
  | 'location-refused'
  | 'location-take'
  | 'lock-app'
  | 'lock-keys'
  | 'lock-now'
  | 'look-again'
  | 'minutes'
  | 'mission'
  | 'month-1'
  | 'month-10'
  | 'month-11'
  | 'month-12'
  | 'month-2'
  | 'month-3'
  | 'month-4'
  | 'month-5'
  | 'month-6'
  | 'month-7'
  | 'month-8'
  | 'month-9'
  | 'month-short-1'
  | 'month-short-10'
  | 'month-short-11'
  | 'month-short-12'
  | 'month-short-2'
  | 'month-short-3'
  | 'month-short-4'
  | 'month-short-5'
  | 'month-short-6'
  | 'month-short-7'
  | 'month-short-8'
  | 'month-short-9'
  | 'network-code'
  | 'network-code-missing'
  | 'network-lead'
  | 'network-no-code'
  | 'network-picture'
  | 'never'
  | 'next-section'
  | 'no'
  | 'no-place'
  | 'not-in-register'
  | 'not-saved'
  | 'note-add'
  | 'note-finished-lead'
  | 'note-on'
  | 'note-report'
  | 'note-save'
  | 'note-text'
  | 'note-whole'
  | 'notes'
  | 'notes-empty'
  | 'nothing-found'
  | 'now'
  | 'number-pad'
  | 'observers'
  | 'origin-correction-lead'
  | 'origin-draft-lead'
  | 'origin-other'
  | 'origin-restored'
  | 'outbox-carried'
  | 'outbox-confirmed'
  | 'outbox-delivered'
  | 'outbox-empty'
  | 'outbox-empty-do'
  | 'outbox-held'
  | 'outbox-last'
  | 'outbox-next'
  | 'outbox-open'
  | 'outbox-photos'
  | 'outbox-safe'
  | 'outbox-signed'
  | 'outbox-up-to-date'
  | 'outbox-waiting'
  | 'packets'
  | 'packets-size'
  | 'photo-add'
  | 'photo-add-on'
  | 'photo-added'
  | 'photo-again'
  | 'photo-as-taken'
  | 'photo-aside-malformed'
  | 'photo-aside-other'
  | 'photo-aside-revoked'
  | 'photo-aside-too_large'
  | 'photo-aside-unknown_device'
  | 'photo-aside-wrong_event'
  | 'photo-carried'
  | 'photo-choose'
  | 'photo-choose-lead'
  | 'photo-large'
  | 'photo-of'
  | 'photo-on-file'
  | 'photo-open'
  | 'photo-remove'
  | 'photo-remove-from'
  | 'photo-report'
  | 'photo-report-is'
  | 'photo-saving'
  | 'photo-size'
  | 'photo-smaller'
  | 'photo-state-begun'
  | 'photo-state-held'
  | 'photo-state-on_device'
  | 'photo-state-removed'
  | 'photo-state-sending'
  | 'photo-state-set_aside'
  | 'photo-state-waiting'
  | 'photo-unreadable'
  | 'photos'
  | 'photos-count'
  | 'photos-empty'
  | 'photos-empty-do'
  | 'photos-held'
  | 'photos-none'
  | 'photos-of'
  | 'photos-order'
  | 'photos-to-go'
  | 'pictures-hint'
  | 'pictures-open'
  | 'pictures-reading'
  | 'pictures-without'
  | 'pin'
  | 'pin-again'
  | 'pin-change'
  | 'pin-differs'
  | 'pin-hint'
  | 'pin-new'
  | 'pin-old'
  | 'pin-too-short'
  | 'pin-wait'
  | 'place-folder'
  | 'place-kind-anywhere'
  | 'place-kind-commission'
  | 'place-kind-station'
  | 'place-missing'
  | 'place-outbox'
  | 'place-removable'
  | 'place-reports'
  | 'place-settings'
  | 'place-today'
  | 'place-typed'
  | 'place-typed-hint'
  | 'places'
  | 'prefilled'
  | 'problem-bad-choice-name'
  | 'problem-bad-csv'
  | 'problem-bad-expression'
  | 'problem-bad-file'
  | 'problem-bad-form-id'
  | 'problem-bad-name'
  | 'problem-bad-xlsx'
  | 'problem-bare-name'
  | 'problem-code-without-rule'
  | 'problem-cycle'
  | 'problem-duplicate-choice'
  | 'problem-duplicate-column'
  | 'problem-duplicate-name'
  | 'problem-filter-without-list'
  | 'problem-group-unbalanced'
  | 'problem-ignored-type'
  | 'problem-languages'
  | 'problem-missing-calculation'
  | 'problem-missing-label'
  | 'problem-missing-list'
  | 'problem-missing-list-name'
  | 'problem-missing-name'
  | 'problem-missing-namespace'
  | 'problem-missing-sentence'
  | 'problem-missing-sheet'
  | 'problem-missing-title'
  | 'problem-missing-translation'
  | 'problem-missing-type'
  | 'problem-no-questions'
  | 'problem-no-sheet'
  | 'problem-not-utf8'
  | 'problem-other'
  | 'problem-too-many-questions'
  | 'problem-unknown-column'
  | 'problem-unknown-list'
  | 'problem-unknown-list-column'
  | 'problem-unknown-own-column'
  | 'problem-unknown-reference'
  | 'problem-unknown-type'
  | 'problem-unsupported-filter'
  | 'problem-unsupported-read-only'
  | 'problem-unsupported-type'
  | 'problem-unused-sentence'
  | 'proxy'
  | 'proxy-address'
  | 'proxy-asked'
  | 'proxy-hint'
  | 'proxy-in-use'
  | 'proxy-leave'
  | 'proxy-use'
  | 'ready-offline'
  | 'ready-title'
  | 'reason'
  | 'reason-missing'
  | 'rebuild-done'
  | 'receipt'
  | 'receipt-and-notes'
  | 'receipt-carried'
  | 'receipt-held'
  | 'receipt-none'
  | 'receipt-on-file'
  | 'receipt-quarantined'
  | 'receive'
  | 'receive-codes-for'
  | 'receive-file-for'
  | 'receive-from'
  | 'receive-label'
  | 'receive-lead'
  | 'receive-more'
  | 'receive-name'
  | 'receive-name-hint'
  | 'receive-name-only'
  | 'receive-network-for'
  | 'receive-nobody'
  | 'receive-team'
  | 'receive-title'
  | 'recover-answered'
  | 'recover-asked'
  | 'recover-revoked'
  | 'recovery-allowed'
  | 'recovery-answer'
  | 'recovery-answer-missing'
  | 'recovery-as-text'
  | 'recovery-ask'
  | 'recovery-hint'
  | 'recovery-keep-pin'
  | 'recovery-lead'
  | 'recovery-open'
  | 'recovery-picture'
  | 'recovery-refused'
  | 'recovery-show'
  | 'recovery-steps'
  | 'recovery-title'
  | 'refused-another_journal'
  | 'refused-bad_config'
  | 'refused-bad_signature'
  | 'refused-names_device'
  | 'refused-needs_network'
  | 'refused-no_room'
  | 'refused-not_a_picture'
  | 'refused-not_a_segment'
  | 'refused-not_certified'
  | 'refused-other'
  | 'refused-revoked'
  | 'refused-unreadable'
  | 'refused-wrong_event'
  | 'report'
  | 'reports-count'
  | 'reports-empty'
  | 'reports-empty-do'
  | 'reports-here'
  | 'reports-none-such'
  | 'required'
  | 'restore'
  | 'restore-do'
  | 'restore-files'
  | 'restore-lead'
  | 'restore-nowhere'
  | 'restore-nowhere-do'
  | 'restore-other'
  | 'restore-pin'
  | 'restoring'
  | 'review'
  | 'review-blank'
  | 'review-blank-lead'
  | 'review-blank-none'
  | 'review-blocking'
  | 'review-correct'
  | 'revision'
  | 'revision-changed'
  | 'road-codes'
  | 'road-file'
  | 'road-network'
  | 'role-long_term_observer'
  | 'role-observer'
  | 'role-team_leader'
  | 'saved-at'
  | 'saved-short'
  | 'saving'
  | 'sealed'
  | 'sealed-answers'
  | 'sealed-before'
  | 'sealed-lead'
  | 'sealed-lost'
  | 'sealed-lost-lead'
  | 'sealed-notes'
  | 'sealed-photos'
  | 'sealed-short'
  | 'sealed-until'
  | 'sealing-due'
  | 'sealing-open'
  | 'sealing-open-held'
  | 'sealing-waits'
  | 'search'
  | 'search-commission'
  | 'search-commission-hint'
  | 'search-first'
  | 'search-found'
  | 'search-near'
  | 'search-none'
  | 'search-register'
  | 'search-results'
  | 'search-station'
  | 'search-station-hint'
  | 'seconds'
  | 'section-after'
  | 'section-before'
  | 'sections'
  | 'send-now'
  | 'sending'
  | 'serve-key'
  | 'serve-link'
  | 'serve-listening'
  | 'serve-not-loopback'
  | 'serve-stopped'
  | 'setting-binding'
  | 'setting-edit-window'
  | 'setting-finished'
  | 'setting-language'
  | 'setting-leave'
  | 'setting-lock-after'
  | 'setting-recovery'
  | 'setting-theme'
  | 'setting-wipe-after'
  | 'show'
  | 'show-all'
  | 'show-finished'
  | 'show-open'
  | 'size-bytes'
  | 'size-kilobytes'
  | 'size-megabytes'
  | 'start-at'
  | 'start-form'
  | 'start-report'
  | 'start-visit'
  | 'state-correcting'
  | 'state-draft'
  | 'state-finished'
  | 'state-withdrawn'
  | 'step-any-time'
  | 'step-confirm'
  | 'step-connect'
  | 'step-deliver'
  | 'step-fetch'
  | 'step-finished'
  | 'step-from'
  | 'step-next'
  | 'step-picture'
  | 'step-send'
  | 'synthetic'
  | 'synthetic-sentence'
  | 'take-no-receipts'
  | 'take-pictures'
  | 'take-pictures-wait'
  | 'take-receipts'
  | 'take-segments'
  | 'take-verdict'
  | 'taken'
  | 'taken-confirmed'
  | 'taken-custody'
  | 'taken-from'
  | 'taken-known'
  | 'taken-new'
  | 'taken-nothing'
  | 'taken-own'
  | 'taken-photos-confirmed'
  | 'taken-receipts-known'
  | 'taken-receipts-new'
  | 'taken-refused-config'
  | 'taken-refused-custody'
  | 'taken-refused-picture'
  | 'taken-refused-receipt'
  | 'taken-refused-segment'
  | 'taken-updated'
  | 'taking-in'
  | 'team'
  | 'team-area'
  | 'team-carried'
  | 'team-delivered'
  | 'team-empty'
  | 'team-empty-do'
  | 'team-handed-on'
  | 'team-last'
  | 'team-lead'
  | 'team-never'
  | 'team-others'
  | 'team-unnamed'
  | 'team-waiting'
  | 'theme-dark'
  | 'theme-light'
  | 'theme-sun'
  | 'theme-system'
  | 'time-unreadable'
  | 'today'
  | 'today-line'
  | 'today-open'
  | 'tries-left'
  | 'try-again'
  | 'unlock'
  | 'unlocking'
  | 'verify-counts'
  | 'verify-fault-certificate'
  | 'verify-fault-chain'
  | 'verify-fault-gap'
  | 'verify-fault-head'
  | 'verify-fault-log'
  | 'verify-fault-picture'
  | 'verify-fault-receipt'
  | 'verify-fault-segment'
  | 'verify-fault-unsigned'
  | 'verify-good'
  | 'weekday-0'
  | 'weekday-1'
  | 'weekday-2'
  | 'weekday-3'
  | 'weekday-4'
  | 'weekday-5'
  | 'weekday-6'
  | 'window-at-once'
  | 'wipe'
  | 'wipe-after-hint'
  | 'wipe-after-most'
  | 'wipe-after-never'
  | 'wipe-afterwards'
  | 'wipe-again'
  | 'wipe-carried'
  | 'wipe-drafts'
  | 'wipe-hold'
  | 'wipe-hold-hint'
  | 'wipe-holding'
  | 'wipe-in-other-hands'
  | 'wipe-keys'
  | 'wipe-no-pin'
  | 'wipe-notes'
  | 'wipe-nothing-lost'
  | 'wipe-only-here'
  | 'wipe-reports'
  | 'wipe-section'
  | 'wipe-section-lead'
  | 'wipe-title'
  | 'wipe-unknown'
  | 'wiped'
  | 'wiped-do'
  | 'wiping'
  | 'withdraw'
  | 'withdraw-lead'
  | 'withdrawn-lead'
  | 'yes'

export interface MessageArguments {
  'answered-of': { answered: string | number; applicable: string | number }
  'backup-made': { name: string | number; size: string | number; time: string | number }
  'bytes-of': { done: string | number; total: string | number }
  'carry-about': { reports: string | number; size: string | number }
  'carry-codes-for': { most: string | number }
  'carry-codes-too-large': { most: string | number }
  'carry-handed-row': { road: string | number; time: string | number }
  'carry-photos-left': { count: string | number }
  'check-column': { column: string | number }
  'check-form': { id: string | number; version: string | number }
  'check-hash': { hash: string | number; bytes: string | number }
  'check-languages': { languages: string | number }
  'check-questions': { questions: string | number; sections: string | number; lists: string | number; choices: string | number; calculations: string | number }
  'check-refused': { count: string | number }
  'check-row': { row: string | number }
  'check-rules': { rules: string | number; skips: string | number; required: string | number; constraints: string | number; warnings: string | number; alerts: string | number }
  'check-sheet': { sheet: string | number }
  'check-unknown-extension': { file: string | number }
  'codes-number': { number: string | number; needed: string | number }
  'codes-paused': { number: string | number; needed: string | number }
  'codes-photos-left': { count: string | number }
  'codes-rate': { rate: string | number }
  'codes-read-of': { have: string | number; needed: string | number }
  'codes-receipts-left': { count: string | number }
  'confirm-observer': { code: string | number }
  'continue-report': { form: string | number; place: string | number }
  'copy-how': { team: string | number }
  'copy-title': { team: string | number }
  'correcting-lead': { number: string | number }
  'count-of': { done: string | number; total: string | number }
  'date-long': { weekday: string | number; day: string | number; month: string | number; year: string | number }
  'date-short': { day: string | number; month: string | number }
  'delivery-carried': { team: string | number }
  'discard-lead': { count: string | number }
  'earlier-asks': { count: string | number }
  'earlier-closed': { count: string | number }
  'earlier-device': { device: string | number }
  'earlier-own': { device: string | number }
  'earlier-since': { time: string | number }
  'earlier-waiting': { count: string | number }
  'enrol-made': { team: string | number; until: string | number }
  'entry': { seq: string | number }
  'error-bad_arguments': { detail: string | number }
  'error-bad_label': { most: string | number }
  'error-bad_reply': { detail: string | number }
  'error-bundle': { detail: string | number }
  'error-bundle-of-another': { detail: string | number }
  'error-busy': { retry_in_s: string | number }
  'error-cannot_send': { detail: string | number }
  'error-carrier_refused': { reason: string | number }
  'error-codes_too_large': { kb: string | number; most_kb: string | number }
  'error-config': { detail: string | number }
  'error-confirmation_needed': { missing: string | number }
  'error-enrol_refused': { reason: string | number }
  'error-file': { detail: string | number }
  'error-file_not_read': { detail: string | number }
  'error-file_not_written': { detail: string | number }
  'error-keys': { detail: string | number }
  'error-ledger': { detail: string | number }
  'error-listen': { detail: string | number }
  'error-mission': { detail: string | number }
  'error-not_a_choice': { question: string | number }
  'error-other-event': { detail: string | number }
  'error-pack': { detail: string | number }
  'error-picture_too_large': { most_kb: string | number }
  'error-pin_delay': { retry_in_s: string | number }
  'error-read_only': { question: string | number }
  'error-recovery': { detail: string | number }
  'error-set_aside': { reason: string | number }
  'error-storage_failed': { detail: string | number }
  'error-tls': { detail: string | number }
  'error-too_long': { most: string | number }
  'error-unknown': { code: string | number }
  'error-unknown-team': { detail: string | number }
  'error-unknown_command': { command: string | number }
  'error-unknown_form': { form: string | number }
  'error-unknown_observer': { observer: string | number }
  'error-unknown_place': { place: string | number }
  'error-unknown_question': { question: string | number }
  'error-weak_pin': { least: string | number }
  'error-wrong_kind': { question: string | number }
  'error-wrong_pin': { retry_in_s: string | number }
  'error-wrong_state': { state: string | number }
  'evidence-bad': { count: string | number }
  'evidence-carried': { waiting: string | number; carried: string | number }
  'evidence-certificate': { device: string | number }
  'evidence-chain': { seq: string | number; device: string | number }
  'evidence-counts': { files: string | number; devices: string | number; entries: string | number; segments: string | number; aside: string | number; receipts: string | number; pictures: string | number }
  'evidence-gap': { seq: string | number; device: string | number }
  'evidence-held': { held: string | number; finished: string | number }
  'evidence-line': { file: string | number; line: string | number }
  'evidence-log': { root: string | number }
  'evidence-picture': { seq: string | number; device: string | number }
  'evidence-picture-receipt': { seq: string | number; device: string | number }
  'evidence-receipt': { seq: string | number; device: string | number }
  'evidence-receipt-log': { seq: string | number; device: string | number }
  'evidence-receipt-signature': { seq: string | number; device: string | number }
  'evidence-revoked': { device: string | number }
  'evidence-root-unknown': { root: string | number }
  'evidence-segment-entries': { device: string | number; seq: string | number }
  'evidence-unknown-device': { device: string | number }
  'evidence-unsigned': { device: string | number; seq: string | number }
  'evidence-waiting': { waiting: string | number }
  'export-root': { root: string | number }
  'file-about': { size: string | number; time: string | number }
  'file-made': { name: string | number; reports: string | number; size: string | number }
  'finding-alert': { questions: string | number }
  'finding-choice_filtered': { questions: string | number }
  'finding-constraint': { questions: string | number }
  'finding-exclusive_choice': { questions: string | number }
  'finding-not_a_choice': { questions: string | number }
  'finding-not_in_register': { questions: string | number }
  'finding-other': { questions: string | number; code: string | number }
  'finding-place_not_in_register': { place: string | number }
  'finding-required': { questions: string | number }
  'finding-too_long': { questions: string | number }
  'finding-warning': { questions: string | number }
  'finding-wrong_kind': { questions: string | number }
  'findings-and-notes': { place: string | number }
  'findings-count': { count: string | number }
  'handed-over': { team: string | number; reports: string | number; size: string | number }
  'hours': { count: string | number }
  'hq-ago-hours': { count: string | number }
  'hq-ago-minutes': { count: string | number }
  'hq-ahead': { count: string | number }
  'hq-ahead-row': { team: string | number; place: string | number; finished: string | number; received: string | number }
  'hq-behind': { forms: string | number }
  'hq-behind-title': { id: string | number }
  'hq-both': { forms: string | number; stations: string | number }
  'hq-breakdown-of': { id: string | number }
  'hq-counts-numerator': { amount: string | number }
  'hq-holdings': { devices: string | number; entries: string | number; aside: string | number }
  'hq-hours-tied': { count: string | number }
  'hq-hours-title': { hour: string | number; count: string | number }
  'hq-lines': { from: string | number; to: string | number; total: string | number }
  'hq-of-expected': { expected: string | number }
  'hq-photo-aside': { reason: string | number }
  'hq-photo-held': { time: string | number }
  'hq-photo-of': { title: string | number }
  'hq-published': { figure: string | number }
  'hq-reason': { reason: string | number }
  'hq-report-title': { team: string | number; place: string | number }
  'hq-revision-times': { finished: string | number; received: string | number; observers: string | number }
  'hq-revision-title': { number: string | number }
  'hq-set-aside': { count: string | number }
  'hq-silent-only': { count: string | number }
  'hq-team-journal': { device: string | number; enrolled: string | number; heard: string | number }
  'hq-team-journals': { count: string | number }
  'hq-updated': { time: string | number }
  'incident-here': { place: string | number }
  'listening': { time: string | number }
  'location-accuracy': { metres: string | number }
  'lock-keys': { keys: string | number }
  'minutes': { count: string | number }
  'next-section': { title: string | number }
  'note-on': { title: string | number }
  'origin-correction-lead': { number: string | number }
  'outbox-confirmed': { count: string | number }
  'outbox-delivered': { count: string | number }
  'outbox-photos': { count: string | number }
  'packets': { count: string | number }
  'packets-size': { packets: string | number; size: string | number }
  'photo-add-on': { title: string | number }
  'photo-as-taken': { size: string | number }
  'photo-aside-other': { code: string | number }
  'photo-carried': { team: string | number; time: string | number }
  'photo-large': { size: string | number; most: string | number }
  'photo-of': { title: string | number }
  'photo-on-file': { time: string | number }
  'photo-open': { title: string | number }
  'photo-remove-from': { title: string | number }
  'photo-smaller': { size: string | number }
  'photo-state-begun': { done: string | number; total: string | number }
  'photo-state-sending': { done: string | number; total: string | number }
  'photos-count': { count: string | number }
  'photos-held': { done: string | number; total: string | number }
  'photos-of': { report: string | number }
  'pictures-reading': { done: string | number; total: string | number }
  'pictures-without': { count: string | number }
  'place-folder': { name: string | number }
  'place-removable': { name: string | number }
  'prefilled': { count: string | number }
  'problem-bad-choice-name': { name: string | number }
  'problem-bad-csv': { detail: string | number }
  'problem-bad-expression': { position: string | number; expression: string | number; reason: string | number; found: string | number }
  'problem-bad-file': { type: string | number }
  'problem-bad-name': { name: string | number }
  'problem-bad-xlsx': { detail: string | number }
  'problem-bare-name': { name: string | number }
  'problem-code-without-rule': { name: string | number }
  'problem-cycle': { names: string | number }
  'problem-duplicate-choice': { name: string | number; list: string | number }
  'problem-duplicate-name': { name: string | number }
  'problem-filter-without-list': { name: string | number }
  'problem-ignored-type': { type: string | number }
  'problem-missing-calculation': { name: string | number }
  'problem-missing-label': { name: string | number }
  'problem-missing-list': { type: string | number }
  'problem-missing-namespace': { expected: string | number }
  'problem-missing-sentence': { code: string | number }
  'problem-missing-translation': { language: string | number }
  'problem-other': { code: string | number }
  'problem-unknown-list': { list: string | number }
  'problem-unknown-list-column': { name: string | number }
  'problem-unknown-reference': { name: string | number }
  'problem-unknown-type': { type: string | number }
  'problem-unsupported-filter': { expression: string | number }
  'problem-unsupported-type': { type: string | number }
  'problem-unused-sentence': { code: string | number }
  'receipt-and-notes': { place: string | number }
  'receipt-carried': { team: string | number; time: string | number }
  'receipt-held': { time: string | number }
  'receipt-on-file': { time: string | number }
  'receipt-quarantined': { code: string | number }
  'receive-label': { label: string | number }
  'recover-answered': { device: string | number; team: string | number }
  'recover-asked': { device: string | number; team: string | number }
  'recover-revoked': { device: string | number; team: string | number }
  'refused-other': { code: string | number }
  'reports-count': { count: string | number }
  'reports-here': { count: string | number }
  'review-blank': { count: string | number }
  'revision': { number: string | number }
  'revision-changed': { questions: string | number }
  'saved-at': { time: string | number }
  'saved-short': { time: string | number }
  'sealed-answers': { answered: string | number }
  'sealed-before': { count: string | number }
  'sealed-lead': { time: string | number }
  'sealed-notes': { count: string | number }
  'sealed-photos': { count: string | number }
  'sealed-until': { time: string | number }
  'sealing-open': { time: string | number }
  'sealing-open-held': { time: string | number }
  'search-first': { shown: string | number; matched: string | number; total: string | number }
  'search-found': { matched: string | number; total: string | number }
  'search-none': { total: string | number }
  'seconds': { count: string | number }
  'serve-key': { spki: string | number }
  'serve-link': { link: string | number }
  'serve-listening': { address: string | number }
  'serve-not-loopback': { address: string | number }
  'size-bytes': { count: string | number }
  'size-kilobytes': { count: string | number }
  'size-megabytes': { count: string | number }
  'start-at': { place: string | number }
  'start-form': { form: string | number }
  'step-finished': { count: string | number }
  'step-from': { time: string | number }
  'take-pictures': { pictures: string | number }
  'take-receipts': { receipts: string | number; file: string | number }
  'take-segments': { segments: string | number }
  'take-verdict': { code: string | number; count: string | number }
  'taken': { time: string | number }
  'taken-confirmed': { count: string | number }
  'taken-custody': { teams: string | number; packets: string | number }
  'taken-from': { label: string | number; time: string | number }
  'taken-known': { packets: string | number }
  'taken-new': { packets: string | number }
  'taken-own': { packets: string | number }
  'taken-photos-confirmed': { count: string | number }
  'taken-receipts-known': { count: string | number }
  'taken-receipts-new': { count: string | number }
  'taken-refused-config': { why: string | number }
  'taken-refused-custody': { count: string | number; why: string | number }
  'taken-refused-picture': { count: string | number; why: string | number }
  'taken-refused-receipt': { count: string | number; why: string | number }
  'taken-refused-segment': { packets: string | number; why: string | number }
  'team-delivered': { count: string | number }
  'team-handed-on': { count: string | number }
  'team-last': { packets: string | number; time: string | number }
  'team-waiting': { count: string | number }
  'tries-left': { count: string | number }
  'verify-counts': { devices: string | number; entries: string | number; segments: string | number; receipts: string | number; pictures: string | number }
  'verify-fault-certificate': { device: string | number }
  'verify-fault-chain': { device: string | number; seq: string | number }
  'verify-fault-gap': { device: string | number; seq: string | number }
  'verify-fault-head': { device: string | number }
  'verify-fault-picture': { device: string | number; seq: string | number }
  'verify-fault-receipt': { device: string | number; seq: string | number }
  'verify-fault-unsigned': { device: string | number; seq: string | number }
  'wipe-after-most': { count: string | number }
  'wipe-carried': { count: string | number }
  'wipe-drafts': { count: string | number }
  'wipe-in-other-hands': { count: string | number }
  'wipe-notes': { count: string | number }
  'wipe-reports': { count: string | number }
}
