<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN" sourcelanguage="en">
    <context>
        <name>Desk</name>
        <message>
            <source>The desk is set up.</source>
            <translation>Đã thiết lập quầy làm việc.</translation>
        </message>
        <message>
            <source>Sign in with the password you have just chosen.</source>
            <translation>Đăng nhập bằng mật khẩu vừa đặt.</translation>
        </message>
    </context>
    <context>
        <name>DossierModel</name>
        <message>
            <source>Dossier code</source>
            <translation>Mã hồ sơ</translation>
        </message>
        <message>
            <source>Applicant</source>
            <translation>Chủ hồ sơ</translation>
        </message>
        <message>
            <source>Procedure</source>
            <translation>Thủ tục</translation>
        </message>
        <message>
            <source>Received</source>
            <translation>Tiếp nhận</translation>
        </message>
        <message>
            <source>Due</source>
            <translation>Hẹn trả</translation>
        </message>
        <message>
            <source>Papers</source>
            <translation>Giấy tờ</translation>
        </message>
        <message>
            <source>Sending</source>
            <translation>Gửi lên cổng</translation>
        </message>
        <message>
            <source>(no name yet)</source>
            <translation>(chưa có tên)</translation>
        </message>
        <message>
            <source>(no procedure yet)</source>
            <translation>(chưa chọn thủ tục)</translation>
        </message>
        <message>
            <source>{pages} p.</source>
            <translation>{pages} trang</translation>
        </message>
        <message>
            <source>Not finished</source>
            <translation>Đang nhập dở</translation>
        </message>
        <message>
            <source>{papers} · {pages} p.</source>
            <translation>{papers} · {pages} trang</translation>
        </message>
    </context>
    <context>
        <name>DossierPage</name>
        <message>
            <source>Dossier</source>
            <translation>Hồ sơ</translation>
        </message>
        <message>
            <source>The portal has it under {code}.</source>
            <translation>Cổng dịch vụ công đã nhận, mã {code}.</translation>
        </message>
        <message>
            <source>The portal did not take it.</source>
            <translation>Cổng dịch vụ công không nhận hồ sơ này.</translation>
        </message>
        <message>
            <source>The province has it and passes it on to the portal.</source>
            <translation>Đã đến máy chủ của tỉnh, đang chuyển lên cổng dịch vụ công.</translation>
        </message>
        <message>
            <source>It is kept safe here and goes out by itself when there is a line.</source>
            <translation>Hồ sơ nằm an toàn trong máy và tự gửi khi có mạng.</translation>
        </message>
        <message>
            <source>Procedure</source>
            <translation>Thủ tục</translation>
        </message>
        <message>
            <source>Received</source>
            <translation>Tiếp nhận</translation>
        </message>
        <message>
            <source>Result due</source>
            <translation>Hẹn trả kết quả</translation>
        </message>
        <message>
            <source>Time by law</source>
            <translation>Thời hạn</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Phí, lệ phí</translation>
        </message>
        <message>
            <source>Applicant</source>
            <translation>Chủ hồ sơ</translation>
        </message>
        <message>
            <source>Identification number</source>
            <translation>Số định danh</translation>
        </message>
        <message>
            <source>Born</source>
            <translation>Ngày sinh</translation>
        </message>
        <message>
            <source>Residence</source>
            <translation>Nơi cư trú</translation>
        </message>
        <message>
            <source>Telephone</source>
            <translation>Điện thoại</translation>
        </message>
        <message>
            <source>Papers</source>
            <translation>Giấy tờ</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Quá trình xử lý</translation>
        </message>
    </context>
    <context>
        <name>FirstRunPage</name>
        <message>
            <source>Set this desk up</source>
            <translation>Thiết lập quầy làm việc</translation>
        </message>
        <message>
            <source>Choose …</source>
            <translation>Chọn …</translation>
        </message>
        <message>
            <source>Once for each computer. You need the enrolment file that IT handed out.</source>
            <translation>Chỉ làm một lần trên mỗi máy. Cần tệp đăng ký do bộ phận CNTT cấp.</translation>
        </message>
        <message>
            <source>Enrolment file</source>
            <translation>Tệp đăng ký</translation>
        </message>
        <message>
            <source>Full name of the clerk, as printed on receipts</source>
            <translation>Họ và tên cán bộ, in trên giấy tiếp nhận</translation>
        </message>
        <message>
            <source>Sign-in name</source>
            <translation>Tên đăng nhập</translation>
        </message>
        <message>
            <source>Password, at least 8 characters</source>
            <translation>Mật khẩu, ít nhất 8 ký tự</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>Nhập lại mật khẩu</translation>
        </message>
        <message>
            <source>Set up</source>
            <translation>Thiết lập</translation>
        </message>
        <message>
            <source>The two passwords are not the same.</source>
            <translation>Hai lần nhập mật khẩu không giống nhau.</translation>
        </message>
        <message>
            <source>Type the password twice.</source>
            <translation>Nhập lại mật khẩu ở cả hai ô.</translation>
        </message>
    </context>
    <context>
        <name>HelpPage</name>
        <message>
            <source>Help</source>
            <translation>Trợ giúp</translation>
        </message>
        <message>
            <source>New dossier. Laying an identity card on the reader does the same.</source>
            <translation>Hồ sơ mới. Đặt thẻ căn cước lên đầu đọc cũng mở hồ sơ mới.</translation>
        </message>
        <message>
            <source>Next field; Shift+Tab goes back.</source>
            <translation>Sang ô tiếp theo; Shift+Tab để quay lại.</translation>
        </message>
        <message>
            <source>Procedure: type a few letters without accents, choose with the arrows and Enter.</source>
            <translation>Thủ tục: gõ vài chữ không cần dấu, chọn bằng phím mũi tên và Enter.</translation>
        </message>
        <message>
            <source>Ask for one more paper: the program says whether the law allows it.</source>
            <translation>Muốn yêu cầu thêm giấy tờ: chương trình cho biết pháp luật có cho phép không.</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Phím cách</translation>
        </message>
        <message>
            <source>Check list: the paper was seen, it need not be scanned.</source>
            <translation>Danh sách giấy tờ: đánh dấu đã xem, không cần quét.</translation>
        </message>
        <message>
            <source>Scan what lies in the feeder. Esc stops; what arrived is kept.</source>
            <translation>Quét giấy trong khay nạp. Esc để dừng; các trang đã quét được giữ lại.</translation>
        </message>
        <message>
            <source>Papers: give back what is not needed.</source>
            <translation>Giấy tờ: trả lại giấy không cần nộp.</translation>
        </message>
        <message>
            <source>Sign all papers with the token; the PIN is asked for once.</source>
            <translation>Ký số mọi giấy tờ bằng thiết bị ký; chỉ hỏi mã PIN một lần.</translation>
        </message>
        <message>
            <source>Save: number, receipt, next citizen.</source>
            <translation>Lưu: cấp mã hồ sơ, in giấy tiếp nhận, mời người tiếp theo.</translation>
        </message>
        <message>
            <source>Find a dossier by name, code or number.</source>
            <translation>Tìm hồ sơ theo tên, mã hồ sơ hoặc số định danh.</translation>
        </message>
        <message>
            <source>Print the receipt again.</source>
            <translation>In lại giấy tiếp nhận.</translation>
        </message>
        <message>
            <source>Send now. It goes by itself when there is a line.</source>
            <translation>Gửi ngay. Khi có mạng, hồ sơ cũng tự gửi.</translation>
        </message>
        <message>
            <source>Back. Nothing is lost: an unfinished dossier stays in the list.</source>
            <translation>Quay lại. Không mất gì: hồ sơ nhập dở vẫn nằm trong danh sách.</translation>
        </message>
        <message>
            <source>Sign out.</source>
            <translation>Đăng xuất.</translation>
        </message>
        <message>
            <source>Receiving a dossier</source>
            <translation>Tiếp nhận một hồ sơ</translation>
        </message>
        <message>
            <source>At any time</source>
            <translation>Bất cứ lúc nào</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Bàn phím</translation>
        </message>
    </context>
    <context>
        <name>HomePage</name>
        <message>
            <source>Dossiers</source>
            <translation>Hồ sơ</translation>
        </message>
        <message>
            <source>F3: name, code or number; accents may be left out</source>
            <translation>F3: tên, mã hồ sơ hoặc số định danh, không cần dấu</translation>
        </message>
        <message>
            <source>Find a dossier</source>
            <translation>Tìm hồ sơ</translation>
        </message>
        <message>
            <source>{count} in the list</source>
            <translation>{count} hồ sơ trong danh sách</translation>
        </message>
        <message>
            <source>Nothing is found</source>
            <translation>Không tìm thấy hồ sơ nào</translation>
        </message>
        <message>
            <source>Try fewer letters, or press Esc to see all dossiers.</source>
            <translation>Thử gõ ít chữ hơn, hoặc nhấn Esc để xem tất cả hồ sơ.</translation>
        </message>
        <message>
            <source>Press F2 to receive the first dossier</source>
            <translation>Nhấn F2 để tiếp nhận hồ sơ đầu tiên</translation>
        </message>
        <message>
            <source>Or lay an identity card on the reader.</source>
            <translation>Hoặc đặt thẻ căn cước lên đầu đọc.</translation>
        </message>
        <message>
            <source>Throw this unfinished dossier away?</source>
            <translation>Bỏ hồ sơ đang nhập dở này?</translation>
        </message>
        <message>
            <source>Press Delete once more to throw it away.</source>
            <translation>Nhấn Delete lần nữa để bỏ.</translation>
        </message>
    </context>
    <context>
        <name>KeyBar</name>
        <message>
            <source>Help</source>
            <translation>Trợ giúp</translation>
        </message>
        <message>
            <source>New dossier</source>
            <translation>Hồ sơ mới</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Tìm</translation>
        </message>
        <message>
            <source>Ask for more</source>
            <translation>Yêu cầu thêm</translation>
        </message>
        <message>
            <source>Scan</source>
            <translation>Quét</translation>
        </message>
        <message>
            <source>Print</source>
            <translation>In</translation>
        </message>
        <message>
            <source>Sign</source>
            <translation>Ký số</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>Gửi ngay</translation>
        </message>
        <message>
            <source>Save, next</source>
            <translation>Lưu &amp; tiếp</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Sign out  Ctrl+L</source>
            <translation>Đăng xuất  Ctrl+L</translation>
        </message>
    </context>
    <context>
        <name>NoticeBar</name>
        <message>
            <source>Close</source>
            <translation>Đóng</translation>
        </message>
        <message>
            <source>Code: {code}</source>
            <translation>Mã: {code}</translation>
        </message>
    </context>
    <context>
        <name>PaperList</name>
        <message>
            <source>Scanned papers</source>
            <translation>Giấy tờ đã quét</translation>
        </message>
    </context>
    <context>
        <name>PaperModel</name>
        <message>
            <source>Page {number}</source>
            <translation>Trang {number}</translation>
        </message>
        <message>
            <source>being read …</source>
            <translation>đang đọc …</translation>
        </message>
        <message>
            <source>read with {percent} % confidence</source>
            <translation>đọc được, độ tin cậy {percent} %</translation>
        </message>
        <message>
            <source>{pages} p.</source>
            <translation>{pages} trang</translation>
        </message>
        <message>
            <source>recognised {percent} %</source>
            <translation>nhận dạng {percent} %</translation>
        </message>
        <message>
            <source>Blank page</source>
            <translation>Trang trắng</translation>
        </message>
        <message>
            <source>Signed</source>
            <translation>Đã ký số</translation>
        </message>
        <message>
            <source>Matched</source>
            <translation>Khớp thành phần hồ sơ</translation>
        </message>
        <message>
            <source>Matched: {requirement}</source>
            <translation>Khớp: {requirement}</translation>
        </message>
        <message>
            <source>Not needed: give back</source>
            <translation>Không cần nộp – trả lại dân</translation>
        </message>
        <message>
            <source>Which paper is it?</source>
            <translation>Chưa rõ là giấy gì</translation>
        </message>
        <message>
            <source>{count} blank</source>
            <translation>{count} trang trắng</translation>
        </message>
    </context>
    <context>
        <name>PaperWork</name>
        <message>
            <source>Waiting for the PIN …</source>
            <translation>Chờ nhập mã PIN …</translation>
        </message>
        <message>
            <source>Scanning … Esc stops, what arrived is kept.</source>
            <translation>Đang quét … Esc để dừng, trang đã quét được giữ lại.</translation>
        </message>
        <message>
            <source>Reading the pages that were scanned before …</source>
            <translation>Đang đọc các trang đã quét từ trước …</translation>
        </message>
        <message>
            <source>Stopping; the pages that arrived are being read …</source>
            <translation>Đang dừng; đọc nốt các trang đã quét …</translation>
        </message>
        <message>
            <source>Looking for the token …</source>
            <translation>Đang tìm thiết bị ký số …</translation>
        </message>
        <message>
            <source>Take this paper out of the dossier?</source>
            <translation>Bỏ giấy tờ này khỏi hồ sơ?</translation>
        </message>
        <message>
            <source>Press Delete once more to take it out.</source>
            <translation>Nhấn Delete lần nữa để bỏ.</translation>
        </message>
        <message>
            <source>There are papers that this procedure does not ask for.</source>
            <translation>Có giấy tờ mà thủ tục này không yêu cầu.</translation>
        </message>
        <message>
            <source>Press Delete to give them back, or Enter to say which paper it is.</source>
            <translation>Nhấn Delete để trả lại dân, hoặc Enter để xếp vào đúng mục.</translation>
        </message>
        <message>
            <source>Signed {done} of {total} …</source>
            <translation>Đã ký {done}/{total} …</translation>
        </message>
    </context>
    <context>
        <name>PapersPanel</name>
        <message>
            <source>Put the papers into the feeder and press F5. Each page appears at once.</source>
            <translation>Đặt giấy tờ vào khay nạp rồi nhấn F5. Quét đến đâu, trang hiện ra đến đó.</translation>
        </message>
        <message>
            <source>3. Papers</source>
            <translation>3. Giấy tờ</translation>
        </message>
        <message>
            <source>{papers} papers · {pages} pages</source>
            <translation>{papers} giấy tờ · {pages} trang</translation>
        </message>
        <message>
            <source>Delete: give back what is not needed</source>
            <translation>Delete: trả lại giấy không cần nộp</translation>
        </message>
        <message>
            <source>Enter: say which paper it is</source>
            <translation>Enter: xếp giấy tờ vào đúng mục</translation>
        </message>
    </context>
    <context>
        <name>PersonPanel</name>
        <message>
            <source>dd/mm/yyyy</source>
            <translation>ngày/tháng/năm</translation>
        </message>
        <message>
            <source>Commune today</source>
            <translation>Xã, phường hiện nay</translation>
        </message>
        <message>
            <source>Today: {address}</source>
            <translation>Nay là: {address}</translation>
        </message>
        <message>
            <source>Changed by itself from {former}. Ask for no confirmation.</source>
            <translation>Tự chuyển đổi từ {former}. Không yêu cầu giấy xác nhận.</translation>
        </message>
        <message>
            <source>The former commune was divided. Choose the one of today.</source>
            <translation>Xã, phường cũ đã chia cho nhiều nơi. Chọn xã, phường hiện nay.</translation>
        </message>
        <message>
            <source>No commune is recognised in this address. It is kept as written.</source>
            <translation>Chưa nhận ra xã, phường trong địa chỉ. Địa chỉ được giữ như đã ghi.</translation>
        </message>
        <message>
            <source>Full name</source>
            <translation>Họ và tên</translation>
        </message>
        <message>
            <source>Personal number</source>
            <translation>Số định danh</translation>
        </message>
        <message>
            <source>Date of birth</source>
            <translation>Ngày sinh</translation>
        </message>
        <message>
            <source>Sex</source>
            <translation>Giới tính</translation>
        </message>
        <message>
            <source>Telephone</source>
            <translation>Điện thoại</translation>
        </message>
        <message>
            <source>Residence, as on the card</source>
            <translation>Nơi cư trú, ghi như trên thẻ</translation>
        </message>
        <message>
            <source>1. Applicant</source>
            <translation>1. Người nộp hồ sơ</translation>
        </message>
        <message>
            <source>{count} digits; a card has 12</source>
            <translation>{count} chữ số; thẻ có 12</translation>
        </message>
        <message>
            <source>write dd/mm/yyyy</source>
            <translation>ghi ngày/tháng/năm</translation>
        </message>
        <message>
            <source>no such year of birth</source>
            <translation>năm sinh không đúng</translation>
        </message>
        <message>
            <source>choose …</source>
            <translation>chọn …</translation>
        </message>
        <message>
            <source>Look at the card again:</source>
            <translation>Xem lại thẻ:</translation>
        </message>
        <message>
            <source>Card issued on {day}</source>
            <translation>Thẻ cấp ngày {day}</translation>
        </message>
        <message>
            <source>Former number {number}</source>
            <translation>Số CMND cũ: {number}</translation>
        </message>
        <message>
            <source>Lay the identity card on the reader, or type.</source>
            <translation>Đặt thẻ căn cước lên đầu đọc, hoặc nhập tay.</translation>
        </message>
    </context>
    <context>
        <name>PinDialog</name>
        <message>
            <source>Sign</source>
            <translation>Ký số</translation>
        </message>
        <message>
            <source>Certificate</source>
            <translation>Chứng thư số</translation>
        </message>
        <message>
            <source>I am sure of the PIN; use the last try</source>
            <translation>Tôi chắc chắn về mã PIN; dùng lần thử cuối</translation>
        </message>
        <message>
            <source>Sign {count} papers</source>
            <translation>Ký {count} giấy tờ</translation>
        </message>
        <message>
            <source>Organisation</source>
            <translation>Đơn vị</translation>
        </message>
        <message>
            <source>Certificate number</source>
            <translation>Số chứng thư</translation>
        </message>
        <message>
            <source>Token</source>
            <translation>Thiết bị</translation>
        </message>
        <message>
            <source>Valid until</source>
            <translation>Hiệu lực đến</translation>
        </message>
        <message>
            <source>PIN of the token</source>
            <translation>Mã PIN của thiết bị</translation>
        </message>
        <message>
            <source>The PIN is tried once.</source>
            <translation>Mã PIN chỉ được thử một lần.</translation>
        </message>
        <message>
            <source>The program never tries it again.</source>
            <translation>Chương trình không bao giờ tự thử lại.</translation>
        </message>
        <message>
            <source>A wrong PIN was entered before.</source>
            <translation>Đã có lần nhập sai mã PIN.</translation>
        </message>
        <message>
            <source>Look twice: a few more and the token locks.</source>
            <translation>Nhập thật cẩn thận: sai thêm vài lần thiết bị sẽ bị khóa.</translation>
        </message>
        <message>
            <source>This is the last try.</source>
            <translation>Đây là lần thử cuối.</translation>
        </message>
        <message>
            <source>One more wrong PIN locks the token; only its issuer can unlock it.</source>
            <translation>Sai lần nữa thiết bị sẽ bị khóa; chỉ đơn vị cấp mới mở được.</translation>
        </message>
        <message>
            <source>This token is locked.</source>
            <translation>Thiết bị này đã bị khóa.</translation>
        </message>
        <message>
            <source>Only its issuer can unlock it. The papers wait for a signature.</source>
            <translation>Chỉ đơn vị cấp mới mở được. Giấy tờ được giữ ở trạng thái chờ ký.</translation>
        </message>
    </context>
    <context>
        <name>ProcedureBox</name>
        <message>
            <source>Procedure: type its name, accents may be left out, or its code</source>
            <translation>Thủ tục: gõ tên không cần dấu, hoặc mã</translation>
        </message>
        <message>
            <source>Suggested procedures</source>
            <translation>Thủ tục gợi ý</translation>
        </message>
    </context>
    <context>
        <name>ProcedurePanel</name>
        <message>
            <source>e.g. khai sinh, 1.001193</source>
            <translation>ví dụ: khai sinh, 1.001193</translation>
        </message>
        <message>
            <source>dd/mm/yyyy</source>
            <translation>ngày/tháng/năm</translation>
        </message>
        <message>
            <source>Type a few letters of the procedure. The papers that the law asks for appear here.</source>
            <translation>Gõ vài chữ của tên thủ tục. Các giấy tờ phải nộp theo quy định sẽ hiện ở đây.</translation>
        </message>
        <message>
            <source>not stated by law</source>
            <translation>không quy định</translation>
        </message>
        <message>
            <source>name a day</source>
            <translation>chọn ngày</translation>
        </message>
        <message>
            <source>Time by law</source>
            <translation>Thời hạn</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Phí, lệ phí</translation>
        </message>
        <message>
            <source>Result due</source>
            <translation>Hẹn trả</translation>
        </message>
        <message>
            <source>Day promised to the citizen</source>
            <translation>Ngày hẹn với người dân</translation>
        </message>
        <message>
            <source>Name, without accents too, or code</source>
            <translation>Tên (không cần dấu) hoặc mã</translation>
        </message>
        <message>
            <source>Sets</source>
            <translation>Số bộ</translation>
        </message>
        <message>
            <source>2. Procedure</source>
            <translation>2. Thủ tục</translation>
        </message>
        <message>
            <source>not certain</source>
            <translation>chưa chắc chắn</translation>
        </message>
    </context>
    <context>
        <name>ReceiptBar</name>
        <message>
            <source>File for the receipt</source>
            <translation>Tệp giấy tiếp nhận</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Lưu</translation>
        </message>
        <message>
            <source>Elsewhere …</source>
            <translation>Nơi khác …</translation>
        </message>
        <message>
            <source>There is no printer. Where shall the receipt be saved? Enter saves, Esc does not.</source>
            <translation>Không thấy máy in. Lưu giấy tiếp nhận vào đâu? Enter để lưu, Esc để thôi.</translation>
        </message>
        <message>
            <source>Save the receipt</source>
            <translation>Lưu giấy tiếp nhận</translation>
        </message>
        <message>
            <source>The receipt was sent to {printer}.</source>
            <translation>Đã gửi giấy tiếp nhận đến máy in {printer}.</translation>
        </message>
        <message>
            <source>The receipt is saved: {path}</source>
            <translation>Đã lưu giấy tiếp nhận: {path}</translation>
        </message>
    </context>
    <context>
        <name>ReceivedPage</name>
        <message>
            <source>Dossier received</source>
            <translation>Hồ sơ đã tiếp nhận</translation>
        </message>
        <message>
            <source>Received</source>
            <translation>Đã tiếp nhận</translation>
        </message>
        <message>
            <source>Applicant</source>
            <translation>Chủ hồ sơ</translation>
        </message>
        <message>
            <source>Procedure</source>
            <translation>Thủ tục</translation>
        </message>
        <message>
            <source>Papers</source>
            <translation>Giấy tờ</translation>
        </message>
        <message>
            <source>Result due</source>
            <translation>Hẹn trả kết quả</translation>
        </message>
        <message>
            <source>Enter or F12: the next dossier · F6: print again · Esc: to the list</source>
            <translation>Enter hoặc F12: hồ sơ tiếp theo · F6: in lại · Esc: về danh sách</translation>
        </message>
        <message>
            <source>{papers} papers, {pages} pages</source>
            <translation>{papers} giấy tờ, {pages} trang</translation>
        </message>
        <message>
            <source>Next dossier</source>
            <translation>Hồ sơ tiếp</translation>
        </message>
    </context>
    <context>
        <name>ReceptionPage</name>
        <message>
            <source>Receive a dossier</source>
            <translation>Tiếp nhận hồ sơ</translation>
        </message>
        <message>
            <source>This is the card of another person.</source>
            <translation>Đây là thẻ của người khác.</translation>
        </message>
        <message>
            <source>Lay it on the reader once more to put this person into the form.</source>
            <translation>Đặt thẻ lên đầu đọc lần nữa để thay bằng người này.</translation>
        </message>
        <message>
            <source>{count} papers are not signed yet.</source>
            <translation>Còn {count} giấy tờ chưa ký số.</translation>
        </message>
        <message>
            <source>Press F8 to sign, or F12 once more to save without a signature.</source>
            <translation>Nhấn F8 để ký, hoặc F12 lần nữa để lưu khi chưa ký.</translation>
        </message>
        <message>
            <source>needed</source>
            <translation>cần điền</translation>
        </message>
    </context>
    <context>
        <name>RequirementList</name>
        <message>
            <source>Papers that the procedure asks for</source>
            <translation>Thành phần hồ sơ theo quy định</translation>
        </message>
    </context>
    <context>
        <name>RequirementModel</name>
        <message>
            <source>Seen</source>
            <translation>Đã xem</translation>
        </message>
        <message>
            <source>originals: {count}</source>
            <translation>bản chính: {count}</translation>
        </message>
        <message>
            <source>copies: {count}</source>
            <translation>bản sao: {count}</translation>
        </message>
        <message>
            <source>shown and given back</source>
            <translation>xuất trình rồi trả lại</translation>
        </message>
    </context>
    <context>
        <name>Shift</name>
        <message>
            <source>Scanner or token are still at work.</source>
            <translation>Máy quét hoặc thiết bị ký số còn đang làm việc.</translation>
        </message>
        <message>
            <source>This dossier was on the screen when the program ended.</source>
            <translation>Hồ sơ này đang mở khi chương trình bị tắt.</translation>
        </message>
        <message>
            <source>Nothing is lost; go on where you were.</source>
            <translation>Không mất gì; làm tiếp từ chỗ đang dở.</translation>
        </message>
        <message>
            <source>Draft kept at {time}</source>
            <translation>Đã lưu nháp lúc {time}</translation>
        </message>
    </context>
    <context>
        <name>SignInPage</name>
        <message>
            <source>Sign in</source>
            <translation>Đăng nhập</translation>
        </message>
        <message>
            <source>Works without a network. What was typed before is still there.</source>
            <translation>Làm việc được cả khi mất mạng. Những gì nhập dở vẫn còn.</translation>
        </message>
        <message>
            <source>Sign-in name</source>
            <translation>Tên đăng nhập</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Mật khẩu</translation>
        </message>
    </context>
    <context>
        <name>StatusStrip</name>
        <message>
            <source>Online</source>
            <translation>Trực tuyến</translation>
        </message>
        <message>
            <source>Looking for a line</source>
            <translation>Đang tìm đường truyền</translation>
        </message>
        <message>
            <source>Offline, work goes on</source>
            <translation>Ngoại tuyến, vẫn làm việc bình thường</translation>
        </message>
        <message>
            <source>Nothing is being sent</source>
            <translation>Chưa gửi</translation>
        </message>
        <message>
            <source>Sending needs help</source>
            <translation>Việc gửi cần hỗ trợ</translation>
        </message>
        <message>
            <source>{count} operations wait to be sent, the oldest for {age}</source>
            <translation>{count} thao tác chờ gửi, lâu nhất {age}</translation>
        </message>
        <message>
            <source>{count} scans are still on their way</source>
            <translation>{count} tệp quét đang gửi</translation>
        </message>
        <message>
            <source>Everything is sent</source>
            <translation>Đã gửi hết</translation>
        </message>
        <message>
            <source>{count} operations were refused; call IT</source>
            <translation>{count} thao tác bị từ chối; gọi bộ phận CNTT</translation>
        </message>
    </context>
    <context>
        <name>Wash</name>
        <message>
            <source>Code: {code}</source>
            <translation>Mã: {code}</translation>
        </message>
    </context>
    <context>
        <name>Words</name>
        <message>
            <source>Waiting to be sent</source>
            <translation>Chờ gửi</translation>
        </message>
        <message>
            <source>At the gateway</source>
            <translation>Đã đến tỉnh</translation>
        </message>
        <message>
            <source>Accepted by the portal</source>
            <translation>Cổng đã nhận</translation>
        </message>
        <message>
            <source>Rejected by the portal</source>
            <translation>Cổng không nhận</translation>
        </message>
        <message>
            <source>There</source>
            <translation>Đã có</translation>
        </message>
        <message>
            <source>Missing</source>
            <translation>Còn thiếu</translation>
        </message>
        <message>
            <source>One of these</source>
            <translation>Cần một trong số này</translation>
        </message>
        <message>
            <source>Not needed any more</source>
            <translation>Đã có giấy thay thế</translation>
        </message>
        <message>
            <source>Only in that case</source>
            <translation>Tùy trường hợp</translation>
        </message>
        <message>
            <source>To be shown</source>
            <translation>Xuất trình</translation>
        </message>
        <message>
            <source>Registered online</source>
            <translation>Mới đăng ký</translation>
        </message>
        <message>
            <source>Received</source>
            <translation>Đã tiếp nhận</translation>
        </message>
        <message>
            <source>Not accepted</source>
            <translation>Không được tiếp nhận</translation>
        </message>
        <message>
            <source>Being processed</source>
            <translation>Đang xử lý</translation>
        </message>
        <message>
            <source>Papers requested</source>
            <translation>Yêu cầu bổ sung</translation>
        </message>
        <message>
            <source>Payment requested</source>
            <translation>Chờ nộp phí</translation>
        </message>
        <message>
            <source>Withdrawal requested</source>
            <translation>Yêu cầu rút</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Dừng xử lý</translation>
        </message>
        <message>
            <source>Finished</source>
            <translation>Đã xử lý xong</translation>
        </message>
        <message>
            <source>Result returned</source>
            <translation>Đã trả kết quả</translation>
        </message>
        <message>
            <source>Received at the counter</source>
            <translation>Tiếp nhận tại quầy</translation>
        </message>
        <message>
            <source>State changed</source>
            <translation>Đổi trạng thái</translation>
        </message>
        <message>
            <source>The portal answered</source>
            <translation>Cổng dịch vụ công trả lời</translation>
        </message>
        <message>
            <source>Male</source>
            <translation>Nam</translation>
        </message>
        <message>
            <source>Female</source>
            <translation>Nữ</translation>
        </message>
        <message>
            <source>at the counter</source>
            <translation>trực tiếp</translation>
        </message>
        <message>
            <source>online</source>
            <translation>trực tuyến</translation>
        </message>
        <message>
            <source>by post</source>
            <translation>bưu chính công ích</translation>
        </message>
        <message>
            <source>original</source>
            <translation>bản chính</translation>
        </message>
        <message>
            <source>certified copy</source>
            <translation>bản chứng thực</translation>
        </message>
        <message>
            <source>photocopy</source>
            <translation>bản photo</translation>
        </message>
        <message>
            <source>The number names a province that does not exist.</source>
            <translation>Số định danh có mã tỉnh không tồn tại.</translation>
        </message>
        <message>
            <source>The number does not fit the sex on the card.</source>
            <translation>Số định danh không khớp giới tính.</translation>
        </message>
        <message>
            <source>The number does not fit the year of birth.</source>
            <translation>Số định danh không khớp năm sinh.</translation>
        </message>
        <message>
            <source>The card was issued before the date of birth.</source>
            <translation>Ngày cấp thẻ trước ngày sinh.</translation>
        </message>
        <message>
            <source>The card does not tell its date of issue.</source>
            <translation>Thẻ không ghi ngày cấp.</translation>
        </message>
        <message>
            <source>not stated</source>
            <translation>không ghi</translation>
        </message>
        <message>
            <source>Free of charge</source>
            <translation>Miễn phí</translation>
        </message>
        <message>
            <source>{amount} đồng</source>
            <translation>{amount} đồng</translation>
        </message>
        <message>
            <source>less than a minute</source>
            <translation>chưa đến 1 phút</translation>
        </message>
        <message>
            <source>{count} min</source>
            <translation>{count} phút</translation>
        </message>
        <message>
            <source>{count} h</source>
            <translation>{count} giờ</translation>
        </message>
        <message>
            <source>{count} d</source>
            <translation>{count} ngày</translation>
        </message>
    </context>
    <context>
        <name>_DemandForm</name>
        <message>
            <source>Paper to ask for besides the list</source>
            <translation>Giấy tờ muốn yêu cầu thêm</translation>
        </message>
        <message>
            <source>Law that asks for it</source>
            <translation>Căn cứ pháp lý</translation>
        </message>
        <message>
            <source>This may not be asked for.</source>
            <translation>Không được yêu cầu giấy tờ này.</translation>
        </message>
        <message>
            <source>On the law named: {law}. It goes to the supervisor's list.</source>
            <translation>Theo căn cứ đã nêu: {law}. Yêu cầu được đưa vào danh sách của người phụ trách.</translation>
        </message>
        <message>
            <source>This may be asked for.</source>
            <translation>Được yêu cầu giấy tờ này.</translation>
        </message>
    </context>
    <context>
        <name>_Preview</name>
        <message>
            <source>Picture of the receipt</source>
            <translation>Hình giấy tiếp nhận</translation>
        </message>
    </context>
</TS>
