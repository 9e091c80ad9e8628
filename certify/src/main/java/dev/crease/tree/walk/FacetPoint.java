package dev.crease.tree.walk;

import java.util.List;

/**
 * The nearest point of a facet.
 *
 * @param facet whose
 * @param radius its distance from the centre
 * @param x the point
 * @param tight neurons that are on their kink there too
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record FacetPoint(Facet facet, double radius, double[] x, List<Integer> tight) {}
