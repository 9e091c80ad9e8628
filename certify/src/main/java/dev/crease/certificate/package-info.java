/**
 * Certificate files: everything that a sceptic needs to check a result without trusting what found
 * it.
 *
 * <p>{@link dev.crease.certificate.CertificateWriter} writes them; the module {@code verifier},
 * which shares no code with it, reads and checks them. {@code docs/certificate.md} describes the
 * format.
 */
@NullMarked
package dev.crease.certificate;

import org.jspecify.annotations.NullMarked;
