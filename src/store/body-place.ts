/**
 * Where bodies lie that are not in the database. A name is given to one object and never again, so that nobody can remove
 * what another is about to need.
 */
export interface BodyPlace {
  /** What it is called in messages, without secrets. */
  readonly address: string;
  /** Throws `StoreError` of kind unavailable when it cannot be had in time. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Null when there is none of that name. */
  get(name: string): Promise<Uint8Array | null>;
  /** What is not there is removed already. */
  remove(name: string): Promise<void>;
  close(): void;
}

/** What a config says of the place; keys come from the environment, by the names that every program of its kind reads. */
export interface BodyPlaceSettings {
  /** `s3://bucket/prefix`. */
  address: string;
  /** Another server that speaks S3; that of the environment, or of AWS, when left out. */
  endpoint?: string | undefined;
  region?: string | undefined;
}
