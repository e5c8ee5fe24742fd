/** A surface on which a vendor offers its models, the names texts call it by, and the plans sold for it. */
export interface Product {
  surface: string;
  names: readonly string[];
  plans: readonly string[];
  /** Where its own notes stand, as a host with a path: what they release is released in it. */
  home: readonly string[];
}

/** How a dated copy of a model is written at the end of its id. */
export const SNAPSHOT_FORMS = ['YYYY-MM-DD', 'YYYYMMDD', 'MM-YYYY', 'YYMM', 'MMDD'] as const;

export type SnapshotForm = (typeof SNAPSHOT_FORMS)[number];

/** A vendor's way of naming models. */
export interface IdGrammar {
  /** Words that open a name (`Claude Opus`), beside the catalogued names. */
  roots: readonly string[];
  /** Words that name a family without its house, with the id they stand for (`Opus`: `claude-opus`). */
  short: Readonly<Record<string, string>>;
  /** Words that make another model of the name they follow (`mini`, `pro`). */
  tiers: readonly string[];
  /** How a version stands in an id: `gpt-5.5` or `claude-opus-4-6`. */
  versions: 'dots' | 'dashes';
  snapshots: readonly SnapshotForm[];
  /** Regular expression sources for whole ids nobody catalogued. */
  patterns: readonly string[];
  /** Whole ids without a digit, which no form tells from words: those its own list and pages hold. */
  plain: readonly string[];
  /** Ids that fit and are never models: test ids, reseller suffixes. */
  never: readonly string[];
}

/** The list of models a vendor's API answers with. */
export interface ModelList {
  url: string;
  /** The values of `owned_by` that are the vendor itself; empty where the list names no owner. */
  owners: readonly string[];
}

/** What is known of a vendor, reviewed like code: data/catalog/vendors/<vendor>.yaml. */
export interface Vendor {
  vendor: string;
  name: string;
  /** Other ways texts call it, accounts included. */
  aliases: readonly string[];
  /** People whose word is the vendor's own. */
  people: readonly string[];
  /** The sites it speaks on, as registrable domains. */
  sites: readonly string[];
  /** Whether its models are read of at all; else its names only tell them from those of others. */
  watched: boolean;
  products: readonly Product[];
  ids: IdGrammar;
  list: ModelList | null;
  /** Where the talk about it is, for watchers that listen there: forums of Reddit. */
  talk: { forums: readonly string[] };
}

/** What holds for the names of every vendor: data/catalog/any-vendor.yaml. */
export interface AnyVendor {
  /** Makers no file describes, in lower case: a name in plain words right behind one is theirs. */
  makers: readonly string[];
  /** Where models of any vendor are offered, with the names texts give the place: clouds, hubs, the apps of others. */
  elsewhere: readonly Pick<Product, 'surface' | 'names'>[];
  /** Names of models and products of others that make a look-alike host when a domain carries them, without punctuation. */
  lures: readonly string[];
  /** Words by which an id says that it is for tests inside the vendor, or for one customer. */
  internal: readonly string[];
}
