SELECT earlier.folder, earlier.device, earlier_draft.revision
FROM earlier_draft JOIN earlier USING (folder)
WHERE earlier_draft.report = :report
