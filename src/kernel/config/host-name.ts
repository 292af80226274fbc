/** A host name or an address as a URL holds it, IPv6 in brackets; without a port. */
export const HOST_NAME_PATTERN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])$/;
