package io.lazuli.storage.metadata;

/**
 * Who owns a file or directory and who may do what.
 *
 * @param acl entries as {@code x-ms-acl} holds them, such as {@code user::rwx,group::r-x,other::---}
 * @param sticky whether only owners may remove what is in the directory
 */
public record AccessRecord(String owner, String group, String acl, boolean sticky) {
}
