package dev.crease.formats.onnx;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The windows that a kernel is slid over: for each position of the result, which cells of the
 * spatial axes it reads and with which taps of the kernel. All are counted in row-major order.
 *
 * @param axes one for each spatial axis
 */
record Windows(Axis... axes) {

  /**
   * One spatial axis.
   *
   * @param cells its size in the operand
   * @param positions its size in the result
   * @param taps the kernel's size
   * @param stride how far apart neighbouring windows are
   * @param dilation how far apart neighbouring taps are
   * @param before how many cells of padding come first; negative where cells are left out
   * @param after how many come last
   */
  record Axis(int cells, int positions, int taps, int stride, int dilation, int before, int after) {

    /** The cell at a tap of a window, -1 in the padding. */
    int cell(int position, int tap) {
      long at = (long) position * stride - before + (long) tap * dilation;
      return at >= 0 && at < cells ? (int) at : -1;
    }

    /** Whether a tap of a window lies on a cell or on stated padding. */
    boolean isStated(int position, int tap) {
      return (long) position * stride - before + (long) tap * dilation < (long) cells + after;
    }
  }

  /**
   * One window.
   *
   * @param cells the cells that it reads, without padding
   * @param taps the tap of the kernel at each of them
   * @param size how many taps lie on cells or on stated padding
   */
  @SuppressWarnings("ArrayRecordComponent") // internal to the package, never compared
  record Window(int[] cells, int[] taps, int size) {}

  /** The sizes of the result. */
  int[] positions() {
    return Arrays.stream(axes).mapToInt(Axis::positions).toArray();
  }

  /** Number of cells. */
  int cellCount() {
    return Arrays.stream(axes).mapToInt(Axis::cells).reduce(1, (a, b) -> a * b);
  }

  /** Number of taps of the kernel. */
  int tapCount() {
    return Arrays.stream(axes).mapToInt(Axis::taps).reduce(1, (a, b) -> a * b);
  }

  /** How many taps all windows have together. */
  long reads() {
    long reads = 1;
    for (Axis axis : axes) {
      reads *= (long) axis.positions() * axis.taps();
      if (reads > Integer.MAX_VALUE) {
        return Long.MAX_VALUE;
      }
    }
    return reads;
  }

  /** The windows of a convolution or of pooling, in the order of the result. */
  Window[] sliding() {
    return windows((axis, position, tap) -> axes[axis].cell(position, tap), false);
  }

  /**
   * What each cell of a transposed convolution's result is made of: here the axes are those of the
   * convolution that it transposes, whose result is the operand.
   */
  Window[] transposed() {
    return windows(
        (axis, cell, tap) -> {
          Axis of = axes[axis];
          long at = (long) cell + of.before() - (long) tap * of.dilation();
          boolean isPosition =
              at >= 0 && at % of.stride() == 0 && at / of.stride() < of.positions();
          return isPosition ? (int) (at / of.stride()) : -1;
        },
        true);
  }

  private interface Reader {
    /** What is read along one axis at a place of the result by a tap, -1 for nothing. */
    int read(int axis, int place, int tap);
  }

  private Window[] windows(Reader reader, boolean isTransposed) {
    int[] from = isTransposed ? positions() : cells();
    int[] to = isTransposed ? cells() : positions();
    int[] taps = Arrays.stream(axes).mapToInt(Axis::taps).toArray();
    Window[] windows = new Window[Arrays.stream(to).reduce(1, (a, b) -> a * b)];
    int[] place = new int[to.length];
    for (int w = 0; w < windows.length; w++) {
      windows[w] = window(reader, from, taps, place);
      for (int axis = to.length - 1; axis >= 0 && ++place[axis] == to[axis]; axis--) {
        place[axis] = 0;
      }
    }
    return windows;
  }

  private int[] cells() {
    return Arrays.stream(axes).mapToInt(Axis::cells).toArray();
  }

  private Window window(Reader reader, int[] from, int[] taps, int[] place) {
    int all = tapCount();
    int[] cells = new int[all];
    int[] used = new int[all];
    int count = 0;
    int size = 0;
    for (int t = 0; t < all; t++) {
      int rest = t;
      int cell = 0;
      int step = 1;
      boolean isCell = true;
      boolean isStated = true;
      for (int axis = taps.length - 1; axis >= 0; axis--) {
        int tap = rest % taps[axis];
        rest /= taps[axis];
        int at = reader.read(axis, place[axis], tap);
        isCell &= at >= 0;
        isStated &= axes[axis].isStated(place[axis], tap);
        cell += step * at;
        step *= from[axis];
      }
      if (isCell) {
        cells[count] = cell;
        used[count++] = t;
      }
      size += isStated ? 1 : 0;
    }
    return new Window(Arrays.copyOf(cells, count), Arrays.copyOf(used, count), size);
  }

  /** All of some axes as one window. */
  static Windows whole(int... sizes) {
    return new Windows(
        IntStream.of(sizes).mapToObj(n -> new Axis(n, 1, n, 1, 1, 0, 0)).toArray(Axis[]::new));
  }
}
