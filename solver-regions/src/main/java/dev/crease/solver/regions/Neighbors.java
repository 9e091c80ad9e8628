package dev.crease.solver.regions;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which leaves certainly do not collide because they are neighbours of one orientation.
 *
 * <p>Two leaves that differ in one neuron and have a facet on its kink share that facet: where the
 * pre-activation is 0 it makes no difference to anything behind. If their determinants have one
 * sign, the map is one-to-one on both together. Two leaves that differ in two neurons, both being
 * facets, meet in a face of codimension two; when the four leaves around that face, found by
 * flipping one neuron or both, have no other facet there, they close a circle. The images of the
 * four turn by less than a half turn each and by a multiple of a whole turn together, so by one, if
 * all are of one sign: the map is one-to-one around the face. Any further collision of two of them
 * would, by convexity of the images, bring one arbitrarily near to the face.
 */
final class Neighbors {

  private final Map<Pattern, Leaf> leaves = new HashMap<>();

  /** A pattern as a key. */
  private record Pattern(long[] bits) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Pattern that && Arrays.equals(bits, that.bits);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bits);
    }
  }

  void add(Leaf leaf) {
    leaves.put(new Pattern(leaf.active()), leaf);
  }

  /** What is known of two leaves. */
  enum Relation {
    /** The map is one-to-one on both together. */
    COHERENT,
    /** They may be coherent, but a leaf that would tell is not there, or not yet. */
    OPEN,
    /** Nothing. */
    UNKNOWN
  }

  /** Whether f is certainly one-to-one on the two leaves together, as neighbours. */
  Relation between(Leaf a, Leaf b) {
    int sign = a.sign();
    if (sign == 0 || b.sign() != sign) {
      return Relation.UNKNOWN;
    }
    int first = -1;
    int second = -1;
    for (int w = 0; w < a.active().length; w++) {
      long difference = a.active()[w] ^ b.active()[w];
      while (difference != 0) {
        int bit = w * Long.SIZE + Long.numberOfTrailingZeros(difference);
        difference &= difference - 1;
        if (first < 0) {
          first = bit;
        } else if (second < 0) {
          second = bit;
        } else {
          return Relation.UNKNOWN;
        }
      }
    }
    if (first < 0) {
      return Relation.UNKNOWN;
    }
    if (second < 0) {
      return isFace(a, first, first, 1) && isFace(b, first, first, 1)
          ? Relation.COHERENT
          : Relation.UNKNOWN;
    }
    if (!isFace(a, first, second, 2) || !isFace(b, first, second, 2)) {
      return Relation.UNKNOWN;
    }
    for (int bit : new int[] {first, second}) {
      Optional<Leaf> other = flipped(a, bit);
      if (other.isEmpty()) {
        return Relation.OPEN;
      }
      if (other.get().sign() != sign || !isFace(other.get(), first, second, 2)) {
        return Relation.UNKNOWN;
      }
    }
    return Relation.COHERENT;
  }

  private Optional<Leaf> flipped(Leaf leaf, int bit) {
    long[] bits = leaf.active().clone();
    bits[bit >> 6] ^= 1L << bit;
    return Optional.ofNullable(leaves.get(new Pattern(bits)));
  }

  /**
   * Whether the facets of two neurons, and no others, meet in a face of a codimension; for one
   * neuron, given twice, whether it has a facet. A face that lies on no more facets than that
   * cannot be of a lower dimension.
   */
  private static boolean isFace(Leaf leaf, int p, int q, int codimension) {
    int fp = leaf.facet(p);
    int fq = leaf.facet(q);
    if (fp < 0 || fq < 0) {
      return false;
    }
    long both = 1L << fp | 1L << fq;
    long common = -1;
    int on = 0;
    for (int v = 0; v < leaf.cell().vertices().length; v++) {
      long incidence = leaf.cell().incidence(v);
      if ((incidence & both) == both) {
        common &= incidence;
        on++;
      }
    }
    return on > leaf.cell().dimension() - codimension && common == both;
  }
}
