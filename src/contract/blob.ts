/** A reference to bytes in the content-addressed store: only this enters a workflow's history. */
export interface BlobRef {
  /** Lower-case hex SHA-256 of the bytes. */
  sha256: string;
  bytes: number;
  mediaType: string;
}
