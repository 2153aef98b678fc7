/** Where in a bucket the artifact store is. */
export interface S3Place {
  bucket: string;
  prefix: string;
  /** null: Amazon's own */
  endpoint: string | null;
  region: string;
}

/** Where logs, transcripts and other large things are kept. */
export type ArtifactPlace = { kind: 'directory'; folder: string } | { kind: 's3'; place: S3Place };

/** As a person would write it; it holds no key. */
export const placeInWords = (artifacts: ArtifactPlace): string => {
  if (artifacts.kind === 'directory') return artifacts.folder;
  const { bucket, prefix, endpoint } = artifacts.place;
  return `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}${endpoint === null ? '' : ` at ${endpoint}`}`;
};
