// Lists cut to what one request or one query takes.

export interface ParcelLimits<T> {
  /** Of one item. */
  readonly sizeOf: (item: T) => number;
  /** Of all items of a parcel; an item that is larger gets one of its own. */
  readonly mostSize: number;
  readonly mostItems?: number;
}

export function parcelsOf<T>(
  items: readonly T[],
  { sizeOf, mostSize, mostItems = Number.POSITIVE_INFINITY }: ParcelLimits<T>,
): T[][] {
  const parcels: T[][] = [];
  let left = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (parcels.length === 0 || size > left || parcels.at(-1)!.length >= mostItems) {
      parcels.push([]);
      left = mostSize;
    }
    parcels.at(-1)!.push(item);
    left -= size;
  }
  return parcels;
}
