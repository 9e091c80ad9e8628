package dev.crease.formats.onnx;

/**
 * How much may still be computed while a file is read, so that a small file cannot fill the memory
 * or take hours. Asked before anything is allocated.
 */
final class Room {

  private static final long MOST_ELEMENTS = 1L << 27;
  private static final long MOST_PRODUCTS = 1L << 32;

  // A quarter of the memory.
  private static final long BYTES_PER_ELEMENT = 4 * Double.BYTES;

  private long elements =
      Math.min(MOST_ELEMENTS, Runtime.getRuntime().maxMemory() / BYTES_PER_ELEMENT);
  private long products = MOST_PRODUCTS;

  /** Whether a tensor of so many elements may be made. */
  boolean holds(long count) {
    return count <= elements;
  }

  /** A tensor of so many elements has been made. */
  void take(long count) {
    elements -= count;
  }

  /** Whether so many numbers may be multiplied; from then on they count. */
  boolean multiplies(long count) {
    products -= Math.min(products + 1, count);
    return products >= 0;
  }
}
