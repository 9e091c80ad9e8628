/**
 * What a way to answer questions is, and answers with their evidence.
 *
 * <p>A {@link dev.crease.certify.Certifier} answers a {@link dev.crease.question.Query} with a
 * {@link dev.crease.certify.RadiusResult}: a bracket {@code [certified, refuted]}. The lower end
 * comes only from a proof, the upper end only from a witness that was replayed through the network.
 */
@NullMarked
package dev.crease.certify;

import org.jspecify.annotations.NullMarked;
