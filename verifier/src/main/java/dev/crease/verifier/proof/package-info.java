/**
 * What the numbers in a proof tree prove: {@code docs/trees.md} says what these are, {@code Proofs}
 * is the argument, and all that need be believed of a tree beside the walk through its file.
 *
 * <p>Nothing that a file says is believed: its numbers are multipliers, and any multipliers of the
 * right signs prove something, the engine's proving more than others. What a tree proves is
 * computed here, on the layers of the network.
 *
 * <h2>Why a proof proves</h2>
 *
 * At a collision of a node {@code f(x) - f(x') = 0} (with noise no entry is beyond {@code eps},
 * which {@code mu} is charged for), and each row of a {@code Multipliers} is nonnegative: the
 * bounds of the node hold there by induction, from those of its face down. So the goal is not below
 * the goal plus {@code mu (f(x) - f(x'))} minus multiples of rows. That sum is linear in the values
 * of the last layer; taken to the layer before by what holds of each neuron, it is linear in that,
 * and never grows; at the inputs it is bounded over the face or the ball.
 *
 * <ul>
 *   <li><i>Lines.</i> {@code dy} is {@code lambda dz}, where the copies' phases leave of {@code [0,
 *       1]} an interval for either sign of {@code dz}. The largest {@code dy} as a function of
 *       {@code dz} is convex, since its slope below 0 is at most that above: 1 below needs an
 *       active first copy, and 0 above an inactive one, which it is not at once. So a line of any
 *       slope that is above it at the ends of {@code [l, u]} is above it; likewise from below.
 *   <li><i>{@code t}.</i> What is left on it is kept from below, as {@code t > 0}, and with noise
 *       {@code t > within}.
 *   <li><i>Domain.</i> An input's coefficient may be shared out between its sides and the ball;
 *       both points are in both.
 *   <li><i>Deciding.</i> Collisions of the other phase are as far as the proof says, so what is
 *       nearer has this phase. A split has both phases. So by induction, from the leaves to the
 *       faces, no collision of the ball is nearer than the least radius that was proved on the way.
 *   <li><i>Faces.</i> Every collision is on one, since for two free points the first may be the one
 *       that is larger in the input {@code j}: bounds of positions are the same for both.
 * </ul>
 *
 * <h2>Why rounding does not matter</h2>
 *
 * Weights, multipliers and bounds are doubles, and mean just what they say. A coefficient that is
 * computed is a double {@code c} where {@code c + e} should be, {@code |e|} being bounded ({@code
 * Round}). Of {@code (c + e) v} the first part is taken on, and the second is not below {@code -|e|
 * max|v|}, which is charged at once ({@code Bound}); {@code v} is {@code dz} or {@code dy}, with
 * {@code |dy| <= |dz| <= max(-l, u)}, or {@code z} or {@code y} of a copy, or an input. So each
 * sign that decides which line is taken is that of the coefficient that is taken on. Constants, and
 * what is on {@code t}, are rounded down. The slopes of lines are as they are, and only their
 * constants rounded to the safe side. Radii are rounded down.
 *
 * <p>Whatever overflows becomes infinite on the safe side, or no number (NaN). An infinite or NaN
 * coefficient has an infinite or NaN error, which is charged before the coefficient is looked at:
 * the bound is minus infinity or NaN from then on, and all comparisons that accept are false then.
 */
@NullMarked
package dev.crease.verifier.proof;

import org.jspecify.annotations.NullMarked;
