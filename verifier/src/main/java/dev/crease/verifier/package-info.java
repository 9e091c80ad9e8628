/**
 * An independent checker of certificates: what it accepts is proved, whatever wrote the file.
 *
 * <p>It shares no code with what finds radii, and trusts only integer arithmetic, the reading of
 * JSON, and that {@link dev.crease.network.ReluNetwork} is the network that is meant. A network is
 * the exact real function of its weights; a double is an integer over a power of two.
 *
 * <p>Asked is whether {@code f(x) = f(x')} implies {@code g(x) = g(x')}, where {@code g} is a
 * second network or the point itself (without the inputs that both points share); for
 * pseudo-invertibility {@code x'} is the centre. Pairs for which it does not are said to collide.
 *
 * <h2>Affine pieces</h2>
 *
 * If no ReLU has pre-activations of opposite signs at two of some points, then {@code f} and {@code
 * g} are affine on their hull ({@code Subject}). For the pre-activations of the first layer are
 * affine there; each keeps to one side of zero, so its ReLU is affine there too; and so on, layer
 * by layer.
 *
 * <h2>The upper end: four points</h2>
 *
 * Points {@code p, p', u, u'} such that (1) {@code f} and {@code g} are affine from {@code p} to
 * {@code u} and from {@code p'} to {@code u'}; (2) {@code f(p) = f(p')} and {@code f(u) = f(u')};
 * (3) {@code g(u) != g(u')}; (4) shared inputs are equal within each pair, and lie in their
 * intervals; (5) for pseudo-invertibility, {@code p'} and {@code u'} are the centre. Then the pairs
 * {@code p + t (u - p), p' + t (u' - p')} have one output for all {@code t} in [0, 1], and {@code
 * g} differs for all but one {@code t}, since the difference is affine in {@code t} and not zero at
 * 1. So pairs collide as near to {@code p, p'} as one likes, and no larger radius than the distance
 * of the further of the two from the centre can be certified ({@code Collision}).
 *
 * <h2>The lower end: a mesh</h2>
 *
 * Without shared inputs, the mesh consists of {@code m}-dimensional simplices with positive
 * determinant ({@code Mesh}).
 *
 * <ol>
 *   <li>{@code f} and {@code g} are affine on each.
 *   <li>Each facet belongs to one simplex, or to two that induce opposite orientations on it, which
 *       thus lie on different sides of it. So the number of simplices that hold a point changes
 *       only across facets that belong to one: the boundary.
 *   <li>No boundary facet meets the open ball: each has a {@code u} with {@code u . (v - c) >= R
 *       ||u||_*} at its vertices {@code v}. So the number is constant in the open ball, outside of
 *       a set without volume; it is not 0, since the centre lies in a simplex, which has volume
 *       near it. A union of finitely many closed simplices is closed: it holds the closed ball.
 *   <li>There is no collision in the mesh, by one of two arguments.
 * </ol>
 *
 * <p><i>By degree</i>, for local invertibility from the plane to the plane ({@code
 * PlaneInjectivity}). All simplices are mapped with determinants of one sign, and the boundary is
 * one closed polygon whose image is simple. Around a point outside the image of the edges, the
 * image of the boundary winds as often as simplices are mapped onto the point, counted with sign:
 * all count alike, and a simple polygon winds at most once. So (*) the images of different
 * simplices do not overlap. Let {@code f(x) = f(x')}, {@code x != x'}. If {@code x'} is in the
 * interior of the mesh, then near it {@code f} is an open map (its pieces have one orientation),
 * and points of a simplex near {@code x} share images with points near {@code x'}, against (*). So
 * is it for {@code x}. If both are on the boundary, the image of the boundary would touch itself.
 * On the line, one sign of the slopes on one interval is enough.
 *
 * <p><i>By pairs</i>, for everything else ({@code PairCheck}). In two simplices, or a simplex and
 * the centre, the pairs of one output are a polytope in the barycentric weights, and the difference
 * of {@code g} is affine on it: it is zero if it is zero at the vertices, and these are the
 * solutions of smallest support. Pairs of simplices whose images lie in boxes that do not meet are
 * passed over. Vertices are left out that cannot have a weight: if a linear form is nonnegative on
 * one image and nonpositive on the other, both points lie where it is zero. If the same vertices
 * remain on both sides, and their images are affinely independent, the two points are the same.
 *
 * <h2>The lower end: a tree</h2>
 *
 * Of any number of inputs, shared ones too: {@link dev.crease.verifier.tree} has the argument. It
 * is about {@code f} alone: where {@code f} has no collision, it determines everything.
 *
 * <p>If both ends are there, the lower must be below the upper. A mesh covers the closed ball; a
 * tree speaks of what is nearer than its radius, which may then be that of the upper end.
 */
@NullMarked
package dev.crease.verifier;

import org.jspecify.annotations.NullMarked;
