// What people are told about a connection that could not be.
#include "platform/link/link_end.hpp"

#include "sync/session.hpp"

namespace debrief::platform {

std::string problem_of(const LinkEnd& end) {
    switch (end.kind) {
        case LinkEnd::Kind::closed:
        case LinkEnd::Kind::lost:
            return end.detail;
        case LinkEnd::Kind::refused:
            return "The server does not answer: " + end.detail + ".";
        case LinkEnd::Kind::timed_out:
            return "The server does not answer: " + end.detail + ". Check the network.";
        case LinkEnd::Kind::not_debrief:
            return "Something answered, but not a Debrief server (" + end.detail +
                   "). Check the address with your administrator.";
        case LinkEnd::Kind::version:
            return "The server speaks " + end.detail + ", and this program " + std::string{sync::subprotocol_cbor} +
                   ". Update the older of the two; until then everything is kept here.";
        case LinkEnd::Kind::page:
            return "A web page answered in the server's place (" + end.detail +
                   "). On a guest network, sign in with a browser first.";
        case LinkEnd::Kind::proxy:
            return "A proxy on the way wants a name and a password (" + end.detail +
                   "). Use another network, or ask for a way past the proxy.";
        case LinkEnd::Kind::gateway:
            return "A proxy answered, but the server behind it did not (" + end.detail +
                   "). We try again by ourselves; if it lasts, tell your administrator.";
        case LinkEnd::Kind::not_allowed:
            return "The server, or a proxy on the way, turned the connection away (" + end.detail +
                   "). Tell your administrator.";
        case LinkEnd::Kind::busy:
            return "The server asks us to wait (" + end.detail + "). We try again by ourselves.";
        case LinkEnd::Kind::untrusted:
            return "The server's certificate is not signed by an authority that this device trusts (" + end.detail +
                   "). On a guest network, sign in with a browser first; for an authority of your own, join with --ca "
                   "FILE.";
        case LinkEnd::Kind::wrong_name:
            return "The certificate that answered belongs to another host (" + end.detail +
                   "). On a guest network, sign in with a browser first; else check the address.";
        case LinkEnd::Kind::expired:
            return "The server's certificate is not valid today (" + end.detail +
                   "). Check this device's clock; if it is right, tell your administrator.";
        case LinkEnd::Kind::no_tls:
            return "No secure connection could be made (" + end.detail +
                   "). Check the address with your administrator.";
        case LinkEnd::Kind::plaintext:
            return "The address " + end.detail +
                   " is not encrypted (http), and not on this machine: nothing is sent there. Ask your administrator "
                   "for an "
                   "invitation that begins with https.";
    }
    return end.detail;
}

}  // namespace debrief::platform
